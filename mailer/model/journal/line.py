"""One line of the journal: who did what, when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.team.actor import Via


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An act of a person or of the program. A line, once written, never changes.

    `subject` is a campaign, a mailing (`campaign/step`), an address, a list, `team` or
    `ledger`. `person` is the id of who acted, empty where none is known; `name` is the name
    that person had then.
    """

    at: datetime
    person: str
    name: str
    via: Via
    action: str
    subject: str
    detail: str
    id: int = field(default=0, compare=False)
    """The number of the line. The next page begins after it."""


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which lines of the journal are wanted: those that meet every condition that is given.

    `subject` stands for its parts too (`campaign/step`). `who` is the id of the person who acted,
    or the name where no person is known. Lines about one of `hidden` are left out, unless
    `shown_to` acted; with `only_own`, all lines are left out where somebody else did.
    """

    subject: str = ""
    who: str = ""
    action: str = ""
    since: datetime | None = None
    before: datetime | None = None
    hidden: frozenset[str] = frozenset()
    shown_to: str = ""
    only_own: bool = False


EVERY_LINE = JournalFilter()
