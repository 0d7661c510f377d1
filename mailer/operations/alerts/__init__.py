"""Watch the service, and write to the team when somebody must act."""
