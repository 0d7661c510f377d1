"""What the office publishes: its press room, and posts on social networks."""
