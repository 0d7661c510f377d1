"""The ways to send. Each is a module of its own and knows none of the others."""
