"""Checks of links and images: their words, their targets, their descriptions."""
