"""Find in prose when something is: dates, hours, years, and how long it lasts."""
