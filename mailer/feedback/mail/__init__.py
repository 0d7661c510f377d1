"""Splits a mail into parts, decodes it, and separates the notice from the returned message."""
