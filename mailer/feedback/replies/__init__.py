"""Mails that people and machines write back: absences, challenges, requests to be left out."""
