"""Import contacts, correct addresses, list whom to call back."""
