"""Renders campaign texts with Jinja, and defers what depends on the recipient."""
