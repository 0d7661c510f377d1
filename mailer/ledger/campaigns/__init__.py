"""The files of campaigns, the comments on them, and what the press published."""
