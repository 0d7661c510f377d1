"""The journal: the hashes that chain its lines, and its acts in words."""
