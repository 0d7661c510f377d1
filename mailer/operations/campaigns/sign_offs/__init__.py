"""Who has signed off a campaign, and who may: for the office, and for its partners."""
