"""Collect delivery events, record them, and synchronise suppressions with the provider."""
