"""Make drafts of campaigns, and find what stands in the way of sending them."""
