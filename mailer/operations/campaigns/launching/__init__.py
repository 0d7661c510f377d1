"""Launch a campaign, rehearse it, and follow it."""
