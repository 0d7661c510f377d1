"""Checks of the timetable: the times and the order of the steps."""
