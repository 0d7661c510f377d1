"""The bank holidays of England and Wales (Banking and Financial Dealings Act 1971)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

_DAY = timedelta(days=1)
_SATURDAY = 5


@cache
def british_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year. One that falls on a weekend is kept on the next weekday."""
    after_may, after_august = date(year, 6, 1) - _DAY, date(year, 9, 1) - _DAY
    fixed = {
        easter(year) - 2 * _DAY,
        easter(year) + _DAY,
        date(year, 5, 7) - date(year, 5, 7).weekday() * _DAY,
        after_may - after_may.weekday() * _DAY,
        after_august - after_august.weekday() * _DAY,
    }
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        kept = day
        while kept.weekday() >= _SATURDAY or kept in fixed:
            kept += _DAY
        fixed |= {day, kept}
    return frozenset(fixed)
