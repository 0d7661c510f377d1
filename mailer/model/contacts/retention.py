"""What is kept of people, since when, and what ends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.contacts.personal_data import RecordKind
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class PurgedKind(StrEnum):
    """What the program erases by itself when its day has come."""

    CARD_NUMBER = "card-number"
    EXPORTED_FILE = "exported-file"


@dataclass(frozen=True, slots=True)
class Holding:
    """How many records of one kind the ledger has; `since` is the instant of the oldest.

    `until` is when the next of them are erased, and `next_count` how many; None where a person
    decides, or the law asks that they stay.
    """

    kind: RecordKind | PurgedKind
    count: int
    since: datetime | None
    until: datetime | None = None
    next_count: int = 0


@dataclass(frozen=True, slots=True)
class DoorCopy:
    """A list for the door that left the program as a file. `number` is its line in the journal.

    `destroy_by` is None for one that an older version wrote.
    """

    number: int
    campaign: str
    people: int
    by: str
    made_at: datetime
    destroy_by: datetime | None

    def is_overdue(self, now: datetime) -> bool:
        return self.destroy_by is not None and self.destroy_by <= now


@dataclass(frozen=True, slots=True)
class Retention:
    """Everything that is kept of people: in the ledger, and in lists for the door outside it."""

    holdings: tuple[Holding, ...]
    door_copies: tuple[DoorCopy, ...]


_ENDS: Mapping[StrEnum, Text] = {
    RecordKind.SUPPRESSION: _("for good, so that nobody is written to again against their will"),
    RecordKind.JOURNAL: _("for good, without the name of whoever was erased"),
    PurgedKind.CARD_NUMBER: _("the days after the event that the campaign says"),
    PurgedKind.EXPORTED_FILE: _("some hours, fetched or not"),
}


def end_of_keeping(kind: RecordKind | PurgedKind) -> Text:
    """Return until when records of a kind are kept."""
    return _ENDS.get(kind) or _("until somebody erases the person")
