"""What is asked of servers elsewhere: names, certificates, and whether links open."""
