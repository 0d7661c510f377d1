"""Reads files that people write: campaign folders, contact lists, templates, catalogues."""
