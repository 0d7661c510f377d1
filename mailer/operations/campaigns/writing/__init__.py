"""Write a campaign, and read over any release."""
