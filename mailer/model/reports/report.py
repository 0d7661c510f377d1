"""The report about a campaign: what was sent, what came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailer.model.mailings.delivery import DeliveryStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from mailer.model.accreditations.accreditation import AccreditationState
    from mailer.model.campaigns.audience import ExclusionReason
    from mailer.model.contacts.call import Call
    from mailer.model.contacts.contact import Contact
    from mailer.model.journal.chain import Anchor
    from mailer.model.mailings.mailing import MailingState
    from mailer.model.mailings.message import DeliveryId
    from mailer.model.reports.coverage import Coverage


@dataclass(frozen=True, slots=True)
class ReportedRecipient:
    """One recipient of a mailing and the status of the delivery."""

    delivery_id: DeliveryId
    name: str
    address: str
    organisation: str
    phone: str
    status: DeliveryStatus
    reason: str = ""
    """Name of a `feedback.reading.Reason` (`user-unknown`, `mailbox-full` …),
    if something came back.
    """
    quote: str = ""
    """The line that states the reason, as the peer wrote it."""
    last_name: str = ""
    """As the directory has it; empty when the person is not there any more."""
    is_corrected: bool = False
    """Whether the address did not work and was corrected since: nobody is called about it."""

    @property
    def came_back(self) -> bool:
        """Whether the message came back for a passing reason, which leaves the status "accepted"."""
        return self.status is DeliveryStatus.ACCEPTED and bool(self.reason)


@dataclass(frozen=True, slots=True)
class NotMailed:
    """A person on the mailing's lists who did not receive it, and the reason."""

    contact: Contact
    reason: ExclusionReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MailingReport:
    """The results of one step. The counts of `by_status` add up to the audience.

    The counts are of everybody; `people` and `not_mailed` name those whom a reader sees.
    """

    step: str
    state: MailingState
    local_time: datetime
    started_at: datetime | None
    by_status: Mapping[DeliveryStatus, int]
    people: tuple[ReportedRecipient, ...]
    not_mailed: tuple[NotMailed, ...]
    came_back: int = 0
    """How many of the accepted messages came back since, for a passing reason."""
    left_out_because: Mapping[ExclusionReason, int] = field(default_factory=dict)
    late_by: timedelta | None = None
    """By how much it began late, if it did."""

    @property
    def audience(self) -> int:
        return sum(self.by_status.values())

    @property
    def knows_recipients(self) -> bool:
        """Whether it was resolved who gets it: that happens when a mailing begins."""
        return self.started_at is not None or self.audience > 0

    @property
    def left_out(self) -> int:
        """How many people were not written to."""
        return sum(self.left_out_because.values())


@dataclass(frozen=True, slots=True)
class MediaPresence:
    """The answers of one kind of media; `media` is empty where the directory does not know it.

    `expected` were accredited, of whom `came` were there.
    """

    media: str
    answers: int
    expected: int
    came: int
    declined: int

    @property
    def missing(self) -> int:
        """How many were expected and not ticked at the door."""
        return self.expected - self.came


@dataclass(frozen=True, slots=True)
class Report:
    """The results of a campaign, final or so far: `made_at` is the instant they describe."""

    campaign: str
    title: str
    made_at: datetime
    time_zone: str
    mailings: tuple[MailingReport, ...]
    accreditations: Mapping[AccreditationState, int]
    to_call_back: tuple[ReportedRecipient, ...]
    """Recipients to call by telephone: each dead or undelivered address, once."""
    uncertain: tuple[ReportedRecipient, ...]
    calls: Mapping[str, Call] = field(default_factory=dict)
    """The newest call about this campaign to each of `to_call_back`, by address."""
    coverage: tuple[Coverage, ...] = ()
    presence: tuple[MediaPresence, ...] = ()
    """Who answered and who came, by kind of media; empty without a register."""
    has_begun: bool = True
    """Whether the event has begun, as it was announced last, or somebody came."""
    journal_end: Anchor | None = None
    """The last line of the journal then: a report that is kept shows later what was cut off."""
