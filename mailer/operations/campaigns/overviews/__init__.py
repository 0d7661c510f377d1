"""What there is to do: on one board, in one calendar, for one person."""
