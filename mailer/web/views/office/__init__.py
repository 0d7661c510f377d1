"""The pages of the whole office: start, calendar, journal, health, settings."""
