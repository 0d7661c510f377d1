"""TOML files read into values, each with the line on which it stands."""
