"""What a campaign has come to: its report, its archive, its rehearsal, its coverage."""
