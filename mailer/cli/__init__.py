"""The command line: each command parses, calls one operation and shows the result."""
