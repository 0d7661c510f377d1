"""Contacts: people of the press, the lists that they come from, and whom not to write to."""
