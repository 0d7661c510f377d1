"""Reads TOML files into values, and knows the line of each key."""
