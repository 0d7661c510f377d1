"""Static pages for people: the preview of a draft, the report of a campaign."""
