"""Sign off a campaign or refuse to, at the desk, by link, or for a partner."""
