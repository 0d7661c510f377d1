"""Who did what, and the chain that shows whether a line was changed."""
