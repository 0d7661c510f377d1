"""What the service keeps of itself: heartbeats, processes, jobs, notices, trusted time."""
