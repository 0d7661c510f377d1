"""All that belongs to a language: one module each."""
