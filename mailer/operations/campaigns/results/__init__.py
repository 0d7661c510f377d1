"""What a campaign has come to: its report, who came, what the press published."""
