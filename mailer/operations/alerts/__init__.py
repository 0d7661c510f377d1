"""Find what needs a person's attention, and notify the team by mail."""
