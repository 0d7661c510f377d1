"""What people hand us: campaign folders, templates, contact files, addresses."""
