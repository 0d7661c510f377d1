"""Links with a signature: to unsubscribe, and to sign off a version."""
