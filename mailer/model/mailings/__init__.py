"""What a launch makes: mailings, messages, deliveries, and how far they have come."""
