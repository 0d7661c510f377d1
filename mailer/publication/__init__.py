"""What of the launched releases is public at an instant, and how it is told to machines."""
