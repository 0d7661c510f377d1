"""The pages of the directory: people, lists, refusals, calls."""
