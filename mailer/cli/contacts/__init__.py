"""The commands for contacts, lists and single people."""
