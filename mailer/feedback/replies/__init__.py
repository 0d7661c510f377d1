"""Mails that people and machines write back: absences, challenges, opt-out requests."""
