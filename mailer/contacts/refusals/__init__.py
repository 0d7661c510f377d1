"""Wordings by which somebody in a list refuses mail, has left or cannot be reached."""
