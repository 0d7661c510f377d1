"""Checks of the subject and preheader, as an inbox shows them."""
