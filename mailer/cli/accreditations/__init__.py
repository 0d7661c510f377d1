"""The commands for the registers of accreditations."""
