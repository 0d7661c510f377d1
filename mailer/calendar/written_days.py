"""Days by a pattern, with the first of a month as the language writes it: "1er décembre"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

_NAMED = frozenset({"full", "long", "medium", "short"})
LONG_DAY = "EEEE d MMMM y"
"""A day as every page writes it, with its day of the week; a language may call `full` another."""
_LONE_DAY = re.compile(r"(?<!d)d(?=$|\s+MMM)")
"""The number of a day where its month follows in letters, or nothing does."""


def written_day(day: date, pattern: str, *, language: str) -> str:
    """Return `day` by a CLDR pattern, or by the name of one (`full`), in a language."""
    return _written(date(day.year, day.month, day.day), pattern, language)


@lru_cache(maxsize=256)  # the days of a campaign stand in all its texts, and in each several times
def _written(day: date, pattern: str, language: str) -> str:
    locale = locale_of(language)
    if day.day == 1:
        pattern = _with_first_day(pattern, language)
    return str(format_date(day, pattern, locale=locale))


def _with_first_day(pattern: str, language: str) -> str:
    from mailer.languages import language_of  # noqa: PLC0415 — they load slowly, for one day

    words = language_of(language).dates
    if words is None:
        return pattern
    named = locale_of(language).date_formats
    whole = str(named[pattern].pattern) if pattern in _NAMED else pattern
    return _LONE_DAY.sub(f"'{words.first_day}'", whole)


@lru_cache(maxsize=16)
def locale_of(language: str) -> Locale:
    """Return the locale of a language tag."""
    return Locale.parse(language.replace("-", "_"))
