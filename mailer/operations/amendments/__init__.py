"""What is told of a launched campaign: corrections, moves, cancellations, the day after."""
