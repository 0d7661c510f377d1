"""Checks of how the texts are written, and of what compilation made of them."""
