"""Checks that every text gives the event its hour and place, and the same ones."""
