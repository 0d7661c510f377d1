"""The public press room: a server of its own port that only reads, and the same pages as files."""
