"""Checks of how to be accredited, and until when."""
