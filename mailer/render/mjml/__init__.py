"""MJML templates: checked against the components we know, then turned into HTML."""
