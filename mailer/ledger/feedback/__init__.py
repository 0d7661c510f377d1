"""What comes back: inbound mail, delivery events, replies, proposals."""
