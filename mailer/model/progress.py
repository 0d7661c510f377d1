"""Where a mailing stands, in numbers; and what the team is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.actor import Via
    from mailer.model.delivery import DeliveryStatus
    from mailer.model.mailing import MailingId, MailingState


@dataclass(frozen=True, slots=True)
class MailingProgress:
    """A mailing that has begun, or was missed, without its texts and its people."""

    mailing_id: MailingId
    campaign: str
    step: str
    state: MailingState
    note: str
    audience: int
    """How many it was for when it began, and those added since."""
    by_status: Mapping[DeliveryStatus, int]
    unheard: int
    """Queued by a provider that has reported nothing since; 0 where nobody asked."""
    settled_at: datetime | None
    """The newest outcome that ended something; None before the first."""
    acted_at: datetime
    """The newest line of the journal."""
    stated_at: datetime
    """When it came into its state."""
    stated_via: Via | None
    """Through which door; `Via.PROGRAM` when no person did it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the team is told, in the language of the office; `key` is told once."""

    key: str
    what: str
    remedy: str
    found_at: datetime
