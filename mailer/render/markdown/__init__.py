"""Markdown texts as documents of headings, paragraphs and links."""
