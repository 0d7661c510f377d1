"""Dates and hours in words, in the language of a message.

French follows the Imprimerie nationale: "samedi 9 décembre 2017", "9 h 30", "9 h" on the
hour, "1er" for the first day, with no-break spaces that keep a day with its month and an
hour with its minutes.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_time

if TYPE_CHECKING:
    from datetime import date, datetime, time

NBSP = "\u00a0"

# For an international readership, English dates in the order the others use, without commas.
_DAY_PATTERNS = {
    "fr": f"EEEE d{NBSP}MMMM y",
    "en": f"EEEE d{NBSP}MMMM y",
}
_MOMENTS = {"fr": "{day} à {time}", "en": "{day} at {time}", "es": "{day} a las {time}"}
_PERIODS = {
    "fr": "du {first} au {last}",
    "en": "from {first} to {last}",
    "es": "del {first} al {last}",
}
_HOURS = {
    "fr": "de {first} à {last}",
    "en": "from {first} to {last}",
    "es": "de {first} a {last}",
}


def day_in_words(day: date, language: str) -> str:
    """`samedi 9 décembre 2017`."""
    locale = _locale(language)
    pattern = _DAY_PATTERNS.get(locale.language, "full")
    words = format_date(day, pattern, locale=locale)
    if locale.language == "fr" and day.day == 1:
        words = words.replace(f" 1{NBSP}", f" 1er{NBSP}")
    return words


def weekday_in_words(day: date, language: str) -> str:
    """`samedi`."""
    return format_date(day, "EEEE", locale=_locale(language))


def time_in_words(at: time, language: str) -> str:
    """`9 h 30`, `9:30 am`."""
    locale = _locale(language)
    match locale.language:
        case "fr":
            minutes = f"{NBSP}{at.minute:02d}" if at.minute else ""
            return f"{at.hour}{NBSP}h{minutes}"
        case "en" if (at.hour, at.minute) == (12, 0):
            return f"12{NBSP}noon"
        case "en":
            half = "am" if at.hour < 12 else "pm"
            return f"{at.hour % 12 or 12}:{at.minute:02d}{NBSP}{half}"
    return format_time(at, "short", locale=locale)


def moment_in_words(at: datetime, language: str) -> str:
    """`vendredi 8 décembre 2017 à 12 h`."""
    pattern = _MOMENTS.get(_locale(language).language, "{day}, {time}")
    return pattern.format(day=day_in_words(at, language), time=time_in_words(at.timetz(), language))


def period_in_words(first: datetime, last: datetime | None, language: str) -> str:
    """One day, or `du samedi 9 décembre 2017 au dimanche 10 décembre 2017`."""
    day = day_in_words(first, language)
    if last is None or last.date() == first.date():
        return day
    pattern = _PERIODS.get(_locale(language).language, "{first} – {last}")
    return pattern.format(first=day, last=day_in_words(last, language))


def hours_in_words(first: datetime, last: datetime | None, language: str) -> str:
    """`de 9 h 30 à 17 h`, or the beginning alone."""
    start = time_in_words(first.timetz(), language)
    if last is None:
        return start
    pattern = _HOURS.get(_locale(language).language, "{first} – {last}")
    return pattern.format(first=start, last=time_in_words(last.timetz(), language))


def offset_in_words(at: datetime) -> str:
    """`UTC+1`, so that a reader abroad can convert an embargo."""
    offset = at.utcoffset() or timedelta()
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    sign = "−" if offset < timedelta() else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))
