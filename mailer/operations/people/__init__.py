"""Import contacts, correct addresses, suppress and erase people, list whom to call back."""
