"""Proposals: acts that a mail asks for without proof, for a person to accept or dismiss."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.feedback.inbox import MAILBOX

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.contacts.suppression import SuppressionReason


class Decision(StrEnum):
    """What a person decided about a proposal."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody asks by mail that we no longer write to an address, and nothing proves who it is.

    It stands for every waiting mail that asks the same of the same address; the newest is shown.
    """

    key: str
    """The key of the newest event that asks for it."""
    address: Address
    reason: SuppressionReason
    scopes: tuple[str, ...]
    """The lists it is about; `EVERYWHERE` for all of them."""
    quote: str
    asked_at: datetime
    """When the first of the mails was read."""
    mails: int

    @property
    def id(self) -> str:
        """The short name of the proposal, as people type it."""
        return self.key.removeprefix(f"{MAILBOX}:")[:ID_LENGTH]


ID_LENGTH = 12
"""How much of the key is shown: enough to find it among thousands."""


@dataclass(frozen=True, slots=True)
class ProposalTally:
    """How many proposals wait for a person, and when the newest came; None when there is none."""

    count: int
    newest_at: datetime | None
