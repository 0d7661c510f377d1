"""All that belongs to a language, one module for each.

To add a language, write its module, list it in `LANGUAGES` and translate its catalogue
(`mailer/locale/<code>/LC_MESSAGES/mailer.po`).
"""

from __future__ import annotations

from mailer.languages.en import ENGLISH
from mailer.languages.fr import FRENCH
from mailer.languages.language import Language

LANGUAGES: tuple[Language, ...] = (FRENCH, ENGLISH)
"""The first is what the program speaks when nobody asks for another."""

CODES = tuple(language.code for language in LANGUAGES)

_BY_CODE = {language.code: language for language in LANGUAGES}

_DATES = [language.date_patterns for language in LANGUAGES if language.date_patterns]
MONTHS = "|".join(name for dates in _DATES for name in dates.months)
WEEKDAYS = "|".join(name for dates in _DATES for name in dates.weekdays)
"""The names that dates have in any language, as regular expressions."""

CIVILITY_SPELLINGS = {
    spelling: civility
    for language in LANGUAGES
    if language.contact_lists
    for spelling, civility in language.contact_lists.civilities.items()
}
"""What people write for a title in any language, folded."""


def language_of(tag: str) -> Language:
    """Return the language of a tag (`fr`, `fr-CA`); one without any part where we have none."""
    code = tag.partition("-")[0]
    return _BY_CODE.get(code) or Language(code=code)
