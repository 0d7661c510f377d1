"""What an author works on: a draft, its findings, its revisions, the comments on it."""
