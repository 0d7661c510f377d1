"""Checks of the theme."""
