"""Checks that readers know who writes, and can answer or call."""
