"""The files of a campaign: their revisions, what differs, and texts that are not saved."""
