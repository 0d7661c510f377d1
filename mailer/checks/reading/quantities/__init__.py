"""Find in prose how many and how much: numbers, measures, prices, lengths of time."""
