"""The press room: what is public and when, and taking a text out of it."""
