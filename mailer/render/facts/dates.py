"""Dates and hours in words, in the language of a message; as Babel has them, where we lack it."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_time

from mailer.languages import language_of
from mailer.languages.language import NBSP

if TYPE_CHECKING:
    from datetime import date, datetime, time


def day_in_words(day: date, language: str) -> str:
    """`samedi 9 décembre 2017`."""
    dates = language_of(language).dates
    words = format_date(day, dates.day if dates else "full", locale=_locale(language))
    if dates and day.day == 1:
        words = words.replace(f" 1{NBSP}", f" {dates.first_day}{NBSP}")
    return words


def weekday_in_words(day: date, language: str) -> str:
    """`samedi`."""
    return format_date(day, "EEEE", locale=_locale(language))


def time_in_words(at: time, language: str) -> str:
    """`9 h 30`, `9:30 am`."""
    dates = language_of(language).dates
    return dates.hour(at) if dates else format_time(at, "short", locale=_locale(language))


def moment_in_words(at: datetime, language: str) -> str:
    """`vendredi 8 décembre 2017 à 12 h`."""
    dates = language_of(language).dates
    pattern = dates.moment if dates else "{day}, {time}"
    return pattern.format(day=day_in_words(at, language), time=time_in_words(at.timetz(), language))


def period_in_words(first: datetime, last: datetime | None, language: str) -> str:
    """One day, or `du samedi 9 décembre 2017 au dimanche 10 décembre 2017`."""
    day = day_in_words(first, language)
    if last is None or last.date() == first.date():
        return day
    dates = language_of(language).dates
    pattern = dates.period if dates else "{first} – {last}"
    return pattern.format(first=day, last=day_in_words(last, language))


def hours_in_words(first: datetime, last: datetime | None, language: str) -> str:
    """`de 9 h 30 à 17 h`, or the beginning alone."""
    start = time_in_words(first.timetz(), language)
    if last is None:
        return start
    dates = language_of(language).dates
    pattern = dates.hours if dates else "{first} – {last}"
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
