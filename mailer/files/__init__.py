"""Files that people write: campaign folders, contact lists, templates, catalogues."""
