"""Show the mails of a campaign before they leave, to readers and to the team."""
