"""The commands for writing a campaign and reading it over."""
