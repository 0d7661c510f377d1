"""Jinja: strict environments, and expressions deferred until the recipient is known."""
