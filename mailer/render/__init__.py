"""Renders a campaign's texts into the bytes of one recipient's message."""
