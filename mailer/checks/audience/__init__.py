"""Checks of the audiences: recipients, languages, lists, messages already sent."""
