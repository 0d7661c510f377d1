"""Mailings: sign-offs, launches, states, amendments, and how far they have come."""
