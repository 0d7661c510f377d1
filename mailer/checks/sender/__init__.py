"""Checks of who writes, and whether a reader can answer or call."""
