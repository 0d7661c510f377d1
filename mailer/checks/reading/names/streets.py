"""Recognise the address of a house: a number before its street or behind it, a street, a postcode."""

from __future__ import annotations

import re

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern
from mailer.languages import LANGUAGES, WEEKDAYS

_STREET = in_any_language(lambda phrases: phrases.street)
_ROOM = in_any_language(lambda phrases: phrases.room)
_NUMBER = r",? \d{1,3}(?: ?[A-Za-z])?(?!\w)"
_STREETS = "|".join(language.release.street for language in LANGUAGES if language.release)
_DATES = [language.date_patterns for language in LANGUAGES if language.date_patterns]
_NO_NAME = rf"(?!(?i:{WEEKDAYS}|{'|'.join(month for dates in _DATES for month in dates.months)})\b)"
_HOUSE = r"(?<![\w.:/-])\d{1,4}(?: ?(?:bis|ter|quater|[A-Da-d])\b)?,?[ \u00a0]"
_NAME = r"[A-ZÀ-Þ][\w’'-]+"
POSTCODE = r"(?:[A-Z]{1,2}-)?\d{4,5} [A-ZÀ-Ý]"
NUMBER_BEHIND = RarePattern(
    rf"(?:\A|(?<=[,:] ))(?!{_ROOM}\b)(?:{_STREET} [^,:\d\n]{{2,50}}?{_NUMBER}(?=[,;.)\n]|\Z)(?!, {_STREET}\b)"
    rf"|[A-ZÀ-Ý][^,:\d\n]{{2,50}}?{_NUMBER}(?=, {POSTCODE}))",
)
"""`allée des Tilleuls 5`; with a postcode behind it also `Bahnhofstrasse 3, 3600 Thoune`."""

NUMBER_BEFORE = RarePattern(
    rf"{_HOUSE}(?:{_NO_NAME}{_NAME}[ \u00a0](?:{_NAME}[ \u00a0])?{_STREET}\b|(?:\w+[ \u00a0])?(?i:{_STREETS})[ \u00a0][\w’]"
    rf"|{_STREET}[ \u00a0](?:d[eu]s?\b|d[’']|{_NAME})|{_NO_NAME}{_NAME}(?:[ \u00a0]{_NAME}){{1,2}}(?=,|[ \u00a0]*\n))"
)
"""`9, rue des Forges`, `31 Kelp Road`; `2 Customs Steps, Tolbury`, whose street has no word for one."""
_NAMED = RarePattern(
    rf"{_NAME}[ \u00a0](?i:{_STREETS})(?=[,.\n]|\Z)|(?:^|, |: )(?i:(?!st\b)(?:{_STREETS}))[ \u00a0](?:d[eu]s?[ \u00a0]|de la[ \u00a0])?[A-ZÀ-ÖØ-Þ]",
    flags=re.MULTILINE,
)
"""A street whose houses have no number: `, place du Marché`, `Mill Lane,`."""
_POSTCODED = re.compile(
    rf"(?<!\d)(?!(?:19|20)\d\d ){POSTCODE}|\b[A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}}\b"
)
"""`38000 Grenoble`, `NR1 2AB`; a year before a name is none."""


def has_street(text: str) -> bool:
    """Return whether anything in a text looks like a street, with or without its number."""
    return any(it.search(text) for it in (NUMBER_BEFORE, NUMBER_BEHIND, _NAMED))


def has_address(text: str) -> bool:
    """Return whether anything in a text looks like a street, or has a postcode."""
    return has_street(text) or _POSTCODED.search(text) is not None
