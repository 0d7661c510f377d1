"""Read on which days of the week somebody answers, by what stands beside a number or of an office."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_OFFICE = matches(in_any_language(lambda phrases: phrases.office))
_NUMBER = re.compile(r"\d(?:[ .\u00a0\u202f-]?\d){6,}")
_CLOSED = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.closed_that_day)}s?(?!\w)")
_HOLIDAYS = RarePattern(
    rf"(?<!\w){in_any_language(lambda phrases: phrases.closed_on_holidays)}(?!\w)"
)
_DATES = [language.date_patterns for language in LANGUAGES if language.date_patterns]
_NAMES = "|".join(
    f"(?:{name})" for dates in _DATES for name in (*dates.weekdays, *dates.short_weekdays)
)
_RANGE = RarePattern(
    rf"(?i:(?<!\w)(?P<first>{_NAMES})s?\.?(?:[ \u00a0]*[–—-][ \u00a0]*|[ \u00a0]+(?:à|au|to|until|through|till)[ \u00a0]+)(?P<last>{_NAMES})s?(?!\w))"
)
_BEHIND = re.compile(r"[ \u00a0]+\d{1,2}\b(?![ \u00a0]?[h:.])")
"""Behind a weekday: it is of one date, and not of every week."""
_WORKING_DAYS = frozenset(range(5))


@lru_cache(maxsize=256)  # each day that a text names asks it
def _answering(text: str) -> tuple[frozenset[int], bool] | None:
    """Return the weekdays on which somebody answers, and whether nobody does on holidays."""
    told = [it.words for it in sentences(text) if _OFFICE.search(it.words) or _NUMBER.search(it.words)]  # fmt: skip
    every = [it for it in map(_days, told) if it is not None]
    if not every:
        return None
    return frozenset().union(*every), any(map(_HOLIDAYS.search, told))


def _days(words: str) -> frozenset[int] | None:
    ranges = [it for it in _RANGE.finditer(words) if not _BEHIND.match(words, it.end())]
    if ranges:
        return frozenset().union(*(_between(it["first"], it["last"]) for it in ranges))
    return _WORKING_DAYS if _CLOSED.search(words) else None


def _between(first: str, last: str) -> frozenset[int]:
    start, end = (_weekdays()[_key(it)] for it in (first, last))
    return frozenset(day % 7 for day in range(start, end + 1 + 7 * (end < start)))


@cache
def _weekdays() -> Mapping[str, int]:
    return {_key(name): n for dates in _DATES for n, name in enumerate(dates.weekdays)}


def _key(name: str) -> str:
    return name[:3].casefold()


def is_closed_on(text: str, day: date, *, is_holiday: bool) -> bool:
    """Return whether a text says that nobody answers that day: it is none of those of the office."""
    told = _answering(text)
    if told is None:
        return False
    days, is_closed_on_holidays = told
    return day.weekday() not in days or (is_holiday and is_closed_on_holidays)
