"""Finds the yearly rules by which a time zone changes its clocks."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

_YEARS = 6
"""How many years must agree; in five, the last Sunday of a month is sometimes the fifth."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyChange:
    """A change of the clocks: its first local time, and the rule by which it comes again.

    `weekday` is as RFC 5545 writes it: `-1SU`, the last Sunday of `month`; empty for no rule.
    """

    first_local: datetime
    offset_before: timedelta
    offset: timedelta
    short_name: str
    is_summer: bool
    month: int = 0
    weekday: str = ""


@lru_cache(maxsize=64)
def yearly_changes(zone: ZoneInfo, year: int) -> tuple[YearlyChange, ...] | None:
    """Return the changes of each year around `year`; None if no rule describes them all."""
    years = [list(_changes(zone, each)) for each in range(year - 1, year - 1 + _YEARS)]
    if len({len(changes) for changes in years}) > 1:
        return None
    rules = [_rule(same, zone) for same in zip(*years, strict=True)]
    found = tuple(rule for rule in rules if rule)
    return found if len(found) == len(rules) else None


def _changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """Yield the instants of a year at which the offset changes."""
    at = datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        following = at + timedelta(days=1)
        if _offset(zone, at) != _offset(zone, following):
            yield _instant(zone, at, following)
        at = following


def _instant(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the minute between two instants at which the offset changes."""
    first = _offset(zone, before)
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        if _offset(zone, middle) == first:
            before = middle
        else:
            after = middle
    return after


def _rule(instants: tuple[datetime, ...], zone: ZoneInfo) -> YearlyChange | None:
    """Return the rule that one change of each year follows; None if it follows none."""
    offsets = {(_offset(zone, at - timedelta(minutes=1)), _offset(zone, at)) for at in instants}
    if len(offsets) > 1:
        return None
    ((before, after),) = offsets
    local = [(at + before).replace(tzinfo=None) for at in instants]
    weekdays = set.intersection(*(_weekdays(each.date()) for each in local))
    if len({(each.month, each.time()) for each in local}) > 1 or not weekdays:
        return None
    first = instants[0].astimezone(zone)
    return YearlyChange(
        first_local=local[0],
        offset_before=before,
        offset=after,
        short_name=first.tzname() or "",
        is_summer=after > before,
        month=local[0].month,
        weekday=min(weekdays),
    )


def _weekdays(day: date) -> set[str]:
    """Return the ways to name a day of a month: `4SU`, and `-1SU` for the last one."""
    name = _WEEKDAYS[day.weekday()]
    found = {f"{(day.day - 1) // 7 + 1}{name}"}
    if day.day + 7 > monthrange(day.year, day.month)[1]:
        found.add(f"-1{name}")
    return found


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
