"""Reads an author's Markdown as a press document."""
