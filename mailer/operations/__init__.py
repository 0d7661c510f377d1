"""The verbs of the press office."""
