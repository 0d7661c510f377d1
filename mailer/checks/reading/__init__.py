"""What the checks read with: passages, dates, links, subjects, reminders, places in files."""
