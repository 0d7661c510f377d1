"""From a campaign's texts to the bytes of one person's message."""
