"""The blocks between `:::` lines: which there are, how their lines are read, what they become."""
