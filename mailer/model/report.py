"""What became of a campaign: the page a director reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.accreditation import AccreditationState
    from mailer.model.audience import ExclusionReason
    from mailer.model.contact import Contact
    from mailer.model.delivery import DeliveryStatus
    from mailer.model.mailing import MailingState
    from mailer.model.message import DeliveryId


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One recipient of a mailing and where that person's message stands."""

    delivery_id: DeliveryId
    name: str
    address: str
    organisation: str
    phone: str
    status: DeliveryStatus
    reason: str = ""
    """The reader's name for why (`user-unknown`, `mailbox-full` …), if something came back."""
    quote: str = ""
    """The line that says so, as the peer wrote it."""


@dataclass(frozen=True, slots=True)
class NotMailed:
    """One person of the lists who did not receive a mailing, and why."""

    contact: Contact
    reason: ExclusionReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MailingReport:
    """One step. The counts of `by_status` add up to the audience."""

    step: str
    state: MailingState
    local_time: datetime
    started_at: datetime | None
    by_status: Mapping[DeliveryStatus, int]
    people: tuple[PersonLine, ...]
    not_mailed: tuple[NotMailed, ...]

    @property
    def audience(self) -> int:
        return sum(self.by_status.values())


@dataclass(frozen=True, slots=True)
class Report:
    """A campaign after the fact, or in its midst: `made_at` says when it was true."""

    campaign: str
    title: str
    made_at: datetime
    time_zone: str
    mailings: tuple[MailingReport, ...]
    accreditations: Mapping[AccreditationState, int]
    to_call_back: tuple[PersonLine, ...]
    """Dead and undelivered addresses, once each, for somebody with a telephone."""
    uncertain: tuple[PersonLine, ...]
