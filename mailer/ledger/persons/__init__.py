"""The rows of people: contacts, who is behind an address, and addresses that get no mail."""
