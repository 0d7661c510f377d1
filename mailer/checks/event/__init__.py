"""Checks that the event has an hour and a place, and that all texts agree on them."""
