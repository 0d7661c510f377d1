"""Writes MIME: headers, body, calendar attachment and DKIM signature."""
