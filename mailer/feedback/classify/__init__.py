"""What a refusal means: hard or soft, and whose fault, by rules that are data."""
