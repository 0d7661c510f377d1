"""Dates and hours in words, in the language of a message; as Babel has them, where we lack it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from babel.dates import format_time, get_timezone_location

from mailer.calendar.written_days import locale_of, written_day
from mailer.languages import language_of

_RANGE = "{first} – {last}"
_NOON, _EVENING = 12, 18
"""Hours."""

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from mailer.languages.language import NearDays


def day_in_words(day: date, language: str) -> str:
    """`samedi 9 décembre 2017`."""
    dates = language_of(language).dates
    return written_day(day, dates.day if dates else "full", language=language)


def short_day_in_words(day: date, language: str) -> str:
    """`4 déc. 2017`: the day before the month in every language, as no reader can mistake it."""
    return written_day(day, "d MMM y", language=language)


def weekday_in_words(day: date, language: str) -> str:
    """`samedi`."""
    return written_day(day, "EEEE", language=language)


def time_in_words(at: time, language: str) -> str:
    """`9 h 30`, `9:30 am`."""
    dates = language_of(language).dates
    return dates.hour(at) if dates else format_time(at, "short", locale=locale_of(language))


def moment_in_words(at: datetime, language: str) -> str:
    """`vendredi 8 décembre 2017 à 12 h`."""
    dates = language_of(language).dates
    pattern = dates.moment if dates else "{day}, {time}"
    return pattern.format(day=day_in_words(at, language), time=time_in_words(at.timetz(), language))


def period_in_words(first: datetime, last: datetime | None, language: str) -> str:
    """One day, or `du samedi 9 au dimanche 10 décembre 2017`."""
    if last is None or last.date() == first.date():
        return day_in_words(first, language)
    dates = language_of(language).dates
    return _range(first, last, language, pattern=dates.period if dates else _RANGE)


def bare_period_in_words(first: datetime, last: datetime, language: str) -> str:
    """Several days without a preposition: `Saturday 9 to Sunday 10 December 2017`."""
    dates = language_of(language).dates
    return _range(first, last, language, pattern=dates.bare_period if dates else _RANGE)


def hours_in_words(first: datetime, last: datetime | None, language: str) -> str:
    """`de 9 h 30 à 17 h`, or the beginning alone; `du samedi 9 à 9 h 30 au dimanche 10 à 17 h`."""
    start = time_in_words(first.timetz(), language)
    if last is None:
        return start
    dates = language_of(language).dates
    end = time_in_words(last.timetz(), language)
    if last.date() == first.date():
        return (dates.hours if dates else _RANGE).format(first=start, last=end)
    moment, pattern = (dates.moment, dates.period) if dates else ("{day}, {time}", _RANGE)
    return pattern.format(
        first=moment.format(day=_short_day(first, last, language), time=start),
        last=moment.format(day=_short_day(last, first, language), time=end),
    )


def soon_in_words(begins: datetime, sent: datetime, language: str, *, has_hour: bool) -> str | None:
    """`dans cinq jours`, `demain`, `ce matin`, for a message that leaves at `sent` (both in the
    campaign's time zone); None once it has begun, and in a language whose words we do not have.
    """
    dates = language_of(language).dates
    days = (begins.date() - sent.date()).days
    if dates is None or days < 0 or (has_hour and begins <= sent):
        return None
    near = dates.near
    if days == 0:
        return _part_of_day(begins.time(), near) if has_hour else near.today
    if days == 1:
        return near.tomorrow
    in_words = days - 2 < len(near.counts)
    return near.in_days.format(count=near.counts[days - 2] if in_words else days)


def _part_of_day(at: time, near: NearDays) -> str:
    if at.hour < _NOON:
        return near.morning
    return near.afternoon if at.hour < _EVENING else near.evening


def _range(first: datetime, last: datetime, language: str, *, pattern: str) -> str:
    return pattern.format(
        first=_short_day(first, last, language), last=day_in_words(last, language)
    )


def _short_day(day: date, other: date, language: str) -> str:
    """Return a day without the month and year that it shares with the other end of a period."""
    dates = language_of(language).dates
    if dates is None or day.year != other.year:
        return day_in_words(day, language)
    is_one_month = day.month == other.month
    pattern = dates.day_without_month if is_one_month else dates.day_without_year
    return written_day(day, pattern or dates.day, language=language)


def offset_in_words(at: datetime) -> str:
    """`UTC+1`, so that a reader abroad can convert an embargo."""
    offset = at.utcoffset() or timedelta()
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    sign = "−" if offset < timedelta() else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")


def city_in_words(zone: str, language: str) -> str:
    """`Paris`, `Londres`: the city that gives a time zone its name."""
    return str(get_timezone_location(zone, locale=locale_of(language), return_city=True))
