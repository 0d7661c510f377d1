"""Checks MJML and converts it to HTML."""
