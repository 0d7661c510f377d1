"""Checks that names and figures are the same everywhere in a campaign."""
