"""Checks of the timetable: when each step leaves, and in which order."""
