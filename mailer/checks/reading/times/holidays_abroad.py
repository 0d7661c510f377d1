"""The public holidays of the countries, besides France, that a telephone number tells."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from mailer.checks.reading.names.telephones import is_british
from mailer.checks.reading.times.british_holidays import british_holidays

_ASCENSION, _EASTER_MONDAY, _WHIT_MONDAY = 39, 1, 50
_THURSDAY = 3
_DAYS = {
    "BE": ("01-01 05-01 07-21 08-15 11-01 11-11 12-25", (_EASTER_MONDAY, _ASCENSION, _WHIT_MONDAY)),
    "CH": ("01-01 08-01 12-25", (_ASCENSION,)),
    "LU": (
        "01-01 05-01 05-09 06-23 08-15 11-01 12-25 12-26",
        (_EASTER_MONDAY, _ASCENSION, _WHIT_MONDAY),
    ),
    "north America": ("01-01 06-19 06-24 07-01 07-04 11-11 12-25", ()),
}
"""Those of each year, as month and day, and the days after Easter: loi belge du 4 janvier 1974, Code
du travail luxembourgeois, article L. 232-2; only 1 August is kept in all of Switzerland (article 110
of its constitution). A number of North America may be of the United States or of Canada.
"""
_COUNTRIES = (
    ("BE", re.compile(r"(?:\+|00)\s?32")),
    ("CH", re.compile(r"(?:\+|00)\s?41|0\d\d[ .]\d{3}[ .]\d\d[ .]\d\d\Z")),
    ("LU", re.compile(r"(?:\+|00)\s?352")),
    ("north America", re.compile(r"\+1[ .(-]|\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{2,5}\Z")),
)

_DATED_THERE = re.compile(
    r"^[\W_]*[A-Z][\w.’' -]{1,40}, (?:[A-Z][a-z]+\.?(?: [A-Z][a-z]+)?|[A-Z]{2}|[A-Z]\.[A-Z]\.),? [–—(]?[ ]?[A-Z][a-z]{2,8}\.? \d{1,2}, 20\d\d",
    re.MULTILINE,
)


def holidays_abroad(number: str, year: int) -> frozenset[date] | None:
    """Return the holidays where a number rings; None where it tells no country, or France."""
    if is_british(number):
        return british_holidays(year)
    countries = (name for name, pattern in _COUNTRIES if pattern.match(number.strip()))
    country = next(countries, None)
    return _holidays(country, year) if country else None


def holidays_of_dateline(text: str, year: int) -> frozenset[date] | None:
    """Return the holidays of North America where a text is dated as there: `CEDAR BLUFF, Iowa, May
    18, 2027`.
    """
    return _holidays("north America", year) if _DATED_THERE.search(text) else None


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    fixed, after_easter = _DAYS[country]
    days = {date.fromisoformat(f"{year}-{day}") for day in fixed.split()}
    days |= {easter(year) + timedelta(days=count) for count in after_easter}
    if country == "north America":
        days |= _mondays_and_thanksgiving(year)
    return frozenset(days)


def _mondays_and_thanksgiving(year: int) -> set[date]:
    """Return Memorial Day, Victoria Day, Labour Day, and both days of Thanksgiving; and the Monday
    on which the national holiday is kept that falls on a Sunday.
    """
    kept = {date(year, 7, day) for day in (1, 4)}
    return {
        _on_or_before(date(year, 5, 31), 0),
        _on_or_before(date(year, 5, 24), 0),
        _on_or_before(date(year, 9, 7), 0),
        _on_or_before(date(year, 10, 14), 0),
        _on_or_before(date(year, 11, 28), _THURSDAY),
        *(day + timedelta(days=1) for day in kept if day.isoweekday() == 7),
    }


def _on_or_before(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)
