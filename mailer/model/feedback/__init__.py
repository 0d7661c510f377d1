"""What comes back: inbound mail, delivery events, replies, and acts that they propose."""
