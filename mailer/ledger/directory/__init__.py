"""The directory: its contacts and lists, their corrections and their erasure."""
