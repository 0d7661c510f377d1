"""The pages of those who sign off: of the office, of other institutions, by a link."""
