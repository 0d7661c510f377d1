"""The accreditation registers, and what partners ask for."""
