"""Classifies the diagnosis of a bounce with the rules of `bounce_rules.toml`."""
