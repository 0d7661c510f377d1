"""Arranges the entries of all campaigns by day, and finds those that are in each other's way.

Lists are compared by name: what people have in common is worked out by the checks of a campaign,
which select its audiences. Steps of one campaign are not compared with each other, because their
author sees them side by side.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import time, timedelta
from typing import TYPE_CHECKING

from mailer.calendar.timetable import is_public_holiday, is_working_day
from mailer.model.press_room.office_calendar import (
    Clash,
    DayOff,
    EntryKind,
    OfficeDay,
    OfficeMonth,
    PlacedEntry,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from mailer.model.press_room.office_calendar import OfficeEntry

APART = timedelta(hours=24)
"""Nobody should get two campaigns within this time."""
USUAL_LENGTH = timedelta(hours=2)
"""How long an event without an end is taken to last."""
_WEEK = 7
_DAY = timedelta(days=1)


def days_of_month(month: date) -> tuple[date, ...]:
    """Return the days of the weeks that a month touches, from a Monday to a Sunday."""
    first = month.replace(day=1)
    last = next_month(first) - _DAY
    begin = first - first.weekday() * _DAY
    count = (last - begin).days + _WEEK - last.weekday()
    return tuple(begin + number * _DAY for number in range(count))


def next_month(first: date) -> date:
    """Return the first day of the month after."""
    return (first.replace(day=28) + 4 * _DAY).replace(day=1)


def previous_month(first: date) -> date:
    """Return the first day of the month before."""
    return (first.replace(day=1) - _DAY).replace(day=1)


def arrange(
    entries: Iterable[OfficeEntry], *, month: date, undated: Sequence[str] = ()
) -> OfficeMonth:
    """Return a month with the entries on each of its days. Entries of other days may be among
    them: they count for the conflicts.
    """
    found = sorted(entries, key=_order)
    clashes = clashes_of(found)
    days = days_of_month(month)
    placed: defaultdict[date, list[PlacedEntry]] = defaultdict(list)
    for entry in found:
        for day in days_of_entry(entry):
            is_continued = day != entry.at.date()
            placed[day].append(PlacedEntry(entry, tuple(clashes.get(entry, ())), is_continued))
    return OfficeMonth(
        first_on=month.replace(day=1),
        days=tuple(
            OfficeDay(day, day.month == month.month, day_off(day), tuple(placed[day]))
            for day in days
        ),
        undated=tuple(undated),
    )


def days_of_entry(entry: OfficeEntry) -> tuple[date, ...]:
    """Return the days on which an entry stands. One that ends at midnight ends on the day before."""
    first = last = entry.at.date()
    if entry.ends_at and entry.ends_at > entry.at:
        last = entry.ends_at.date()
        if entry.has_hour and entry.ends_at.time() == time():
            last -= _DAY
    return tuple(first + number * _DAY for number in range((last - first).days + 1))


def day_off(day: date) -> DayOff | None:
    """Return why nobody works on a day; None for a working day."""
    if is_working_day(day):
        return None
    return DayOff.PUBLIC_HOLIDAY if is_public_holiday(day) else DayOff.WEEKEND


def clashes_of(entries: Sequence[OfficeEntry]) -> Mapping[OfficeEntry, Sequence[Clash]]:
    """Return the conflicts of each entry that has some: two steps of different campaigns to the
    same list less than APART from each other, and two events of different campaigns at once.
    """
    found: defaultdict[OfficeEntry, list[Clash]] = defaultdict(list)
    for first, second in (*_steps_too_close(entries), *_events_at_once(entries)):
        lists = tuple(name for name in first.lists if name in second.lists)
        found[first].append(Clash(second, lists))
        found[second].append(Clash(first, lists))
    return found


def _steps_too_close(
    entries: Sequence[OfficeEntry],
) -> Iterator[tuple[OfficeEntry, OfficeEntry]]:
    for first, second in _pairs(entries, EntryKind.STEP, until=lambda each: each.at + APART):
        if not set(first.lists).isdisjoint(second.lists):
            yield first, second


def _events_at_once(
    entries: Sequence[OfficeEntry],
) -> Iterator[tuple[OfficeEntry, OfficeEntry]]:
    yield from _pairs(entries, EntryKind.EVENT, until=_end)


def _pairs(
    entries: Sequence[OfficeEntry],
    kind: EntryKind,
    *,
    until: Callable[[OfficeEntry], datetime],
) -> Iterator[tuple[OfficeEntry, OfficeEntry]]:
    """Yield each two entries of this kind and of different campaigns of which the second begins
    before the first is over. What was cancelled is in nobody's way.
    """
    those = sorted((e for e in entries if e.kind is kind and not e.is_cancelled), key=_order)
    for place, first in enumerate(those):
        ends_at = until(first)
        for second in those[place + 1 :]:
            if second.at >= ends_at:
                break
            if second.campaign != first.campaign:
                yield first, second


def _end(event: OfficeEntry) -> datetime:
    if not event.has_hour:
        return event.at + len(days_of_entry(event)) * _DAY
    if event.ends_at and event.ends_at > event.at:
        return event.ends_at
    return event.at + USUAL_LENGTH


def _order(entry: OfficeEntry) -> tuple[datetime, str, str, str]:
    return entry.at, entry.campaign, entry.kind, entry.step
