"""The plan of a campaign: when each step leaves, and who receives it."""
