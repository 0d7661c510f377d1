"""Mails that the program does not understand: kept for a person to read and to decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.proposal import ID_LENGTH

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address

MOST_KEPT = 500
"""How many of these mails are kept until somebody decides, and how many that could not be read. A
mailbox that is flooded must not fill the ledger: the others stay in the mailbox, and are counted.
"""


class UnknownSort(StrEnum):
    """Why a mail waits for a person although it is no reply and no report."""

    NOT_UNDERSTOOD = "not-understood"
    UNREADABLE = "unreadable"
    """Reading it failed; it is a dead letter."""
    IN_MAILBOX = "in-mailbox"
    """It came when `MOST_KEPT` waited: its text is in the mailbox only."""


class MailOutcome(StrEnum):
    """What a person found that follows from such a mail."""

    NOTHING = "nothing-follows"
    BAR = "no-more-mail"
    COMES = "comes"
    DECLINES = "declines"


@dataclass(frozen=True, slots=True)
class UnknownMail:
    """A mail that is kept, and that nobody has decided."""

    key: str
    """The key of its event."""
    sort: UnknownSort
    read_at: datetime
    rule: str
    """The rule that ended its reading."""
    address: Address | None = None
    """Its sender, as far as the mail says one; nothing proves it."""
    subject: str = ""

    @property
    def id(self) -> str:
        """The short name of the mail: a part of its hash, which names nobody."""
        return self.key.removeprefix(f"{MAILBOX}:")[:ID_LENGTH]


@dataclass(frozen=True, slots=True)
class UnknownTally:
    """How many mails wait at the desk, and how many more stay in the mailbox only."""

    kept: int = 0
    in_mailbox: int = 0

    @property
    def count(self) -> int:
        return self.kept + self.in_mailbox
