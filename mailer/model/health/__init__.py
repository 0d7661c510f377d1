"""What the doctor and a monitor ask, and what they are answered."""
