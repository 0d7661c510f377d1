"""Checks of the texts and of the compiled messages."""
