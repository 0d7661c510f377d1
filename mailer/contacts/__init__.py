"""Contact lists as values: encodings, cells, columns, addresses, rows, merging, domains."""
