"""Turns a campaign's data into the values that its texts may use."""
