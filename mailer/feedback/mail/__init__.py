"""A mail that came back, taken apart: headers, MIME parts, text, the signs of its sender."""
