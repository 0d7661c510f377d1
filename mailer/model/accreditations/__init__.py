"""Who may come to an event, and what partners ask for."""
