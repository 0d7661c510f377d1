"""The look of the mails: colours, what follows from what a theme says, and measured contrasts."""
