"""The commands for what comes back: returned mail, calls, proposals."""
