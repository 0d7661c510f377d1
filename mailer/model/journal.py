"""One line of the journal: who did what, when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.actor import Via


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
