"""The calendar of the office: what leaves, takes place or ends, of all campaigns, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from mailer.model.mailings.mailing import MailingState


class EntryKind(StrEnum):
    """What an entry of the calendar tells."""

    STEP = "step"
    EVENT = "event"
    DEADLINE = "deadline"
    EMBARGO = "embargo"


class DayOff(StrEnum):
    """Why nobody works on a day."""

    WEEKEND = "weekend"
    PUBLIC_HOLIDAY = "public-holiday"


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """One entry of the calendar. `at` and `ends_at` are aware, in the time zone of the office.

    `at` is the beginning of the day where `has_hour` is false. `state` is that of a mailing; None
    for all of a campaign that is not launched, and for what is no mailing.
    """

    kind: EntryKind
    campaign: str
    title: str
    at: datetime
    ends_at: datetime | None = None
    has_hour: bool = True
    step: str = ""
    lists: tuple[str, ...] = ()
    state: MailingState | None = None
    is_launched: bool = False
    is_cancelled: bool = False
    """It does not leave, or does not take place."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Another entry with which one is in conflict; `lists` are those that two steps share."""

    other: OfficeEntry
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry on one of its days, with its conflicts. An event of several days has several."""

    entry: OfficeEntry
    clashes: tuple[Clash, ...] = ()
    is_continued: bool = False
    """It began on a day before."""


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """A day of the calendar. It may belong to a week that begins or ends in another month."""

    on: date
    is_in_month: bool
    day_off: DayOff | None
    entries: tuple[PlacedEntry, ...]


@dataclass(frozen=True, slots=True)
class OfficeMonth:
    """A month in whole weeks, from Monday to Sunday.

    `undated` are the campaigns in preparation whose dates cannot be read, or are missing.
    """

    first_on: date
    days: tuple[OfficeDay, ...]
    undated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaunchedFacts:
    """What the newest version of a launched campaign says: see `since_launch.facts_of`."""

    campaign: str
    time_zone: str
    is_cancelled: bool
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
