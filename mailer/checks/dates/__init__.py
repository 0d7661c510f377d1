"""Checks of the dates written in the texts."""
