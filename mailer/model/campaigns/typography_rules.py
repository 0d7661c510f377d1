"""Whose typographic rules a French text gets."""

from __future__ import annotations

from enum import StrEnum


class TypographyRules(StrEnum):
    """The usage that an office follows; without one, that of the language of the text."""

    FRANCE = "fr-FR"
    EUROPE = "fr-EU"
    CANADA = "fr-CA"
    OFF = "off"
    """A text goes out as it was typed."""

    def tag_for(self, language: str) -> str:
        """Return the language tag whose rules a text gets; empty for none."""
        if self is TypographyRules.OFF:
            return ""
        return self.value if language.partition("-")[0] == "fr" else language
