"""Checks of who receives each step, in which language, and whether they have it already."""
