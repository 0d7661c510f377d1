"""Checks of the accreditation: its address, its deadline, its quota."""
