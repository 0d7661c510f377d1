"""Checks of the blocks between `:::` lines: what a newsroom misses in each."""
