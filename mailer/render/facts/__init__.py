"""What a template may say: the facts of the campaign and of the recipient, in words."""
