"""The commands that send, and those for a launched campaign."""
