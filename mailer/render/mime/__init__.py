"""The bytes of a message: headers, MIME parts, the calendar file, DKIM signatures."""
