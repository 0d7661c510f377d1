"""One person's part of a mailing, from pending to a known end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from mailer.wording import _, as_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.contacts.contact import ContactId
    from mailer.model.mailings.mailing import MailingId
    from mailer.model.mailings.message import DeliveryId

ChunkId = NewType("ChunkId", int)


class DeliveryStatus(StrEnum):
    """The status of a delivery. The order of the members breaks ties between equal ranks."""

    PENDING = "pending"
    SENDING = "sending"
    DEFERRED = "deferred"
    UNCERTAIN = "uncertain"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    CANCELLED = "cancelled"
    SUPPRESSED = "suppressed"
    REJECTED = "rejected"

    @property
    def rank(self) -> int:
        return _RANKS[self]


UNSENT = (DeliveryStatus.PENDING, DeliveryStatus.DEFERRED)
"""The statuses of a delivery that the program may still send."""

STOPPED = (DeliveryStatus.CANCELLED, DeliveryStatus.SUPPRESSED)
"""The statuses of a delivery that was stopped before it left: cancelled, superseded or barred."""

SUPERSEDED = "superseded"
"""The reply of a delivery that was cancelled because a newer version takes its place."""
SUPERSEDED_NOTE = as_note(_("a newer version takes its place"))
"""The note of the mailing of such deliveries."""

HANDED_OVER = (
    DeliveryStatus.ACCEPTED,
    DeliveryStatus.DELIVERED,
    DeliveryStatus.BOUNCED,
    DeliveryStatus.COMPLAINED,
)
"""The statuses of a delivery that a server has taken, whatever came back later."""

NOT_DELIVERED = (
    DeliveryStatus.BOUNCED,
    DeliveryStatus.REJECTED,
    DeliveryStatus.SUPPRESSED,
    DeliveryStatus.CANCELLED,
)
"""The statuses of a delivery whose person does not have the message and will not get it."""

_RANKS = {
    DeliveryStatus.PENDING: 0,
    DeliveryStatus.SENDING: 1,
    DeliveryStatus.DEFERRED: 1,
    DeliveryStatus.UNCERTAIN: 2,
    DeliveryStatus.ACCEPTED: 3,
    DeliveryStatus.DELIVERED: 4,
    DeliveryStatus.BOUNCED: 5,
    DeliveryStatus.COMPLAINED: 6,
    DeliveryStatus.REJECTED: 7,
    DeliveryStatus.SUPPRESSED: 7,
    DeliveryStatus.CANCELLED: 7,
}
_ORDER = {status: (_RANKS[status], place) for place, status in enumerate(DeliveryStatus)}


def higher_status(status: DeliveryStatus, reported: DeliveryStatus) -> DeliveryStatus:
    """Return the status with the higher rank.

    Events come late, twice and out of order. The maximum of a total order does not depend on
    the order in which they arrive, or on how often. An event never lowers a status: only the
    sending protocol (a retry) and a person ("send again") do.
    """
    return max(status, reported, key=_ORDER.__getitem__)


class Acceptance(StrEnum):
    """What a provider promises when it accepts a message."""

    TAKEN = "taken"
    """It is responsible for the message now (RFC 5321 §4.2.5); a failure comes back as a bounce."""
    QUEUED = "queued"
    """It has queued the message and reports by itself what becomes of it; silence is a warning."""
    CHECKED = "checked"
    """It has checked the message and sends it to nobody: a sandbox."""


class Stage(StrEnum):
    """The step of a transaction at which a provider refused a message."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    """After every address was taken, before the content left."""
    CONTENT = "content"
    REQUEST = "request"
    """Addresses and content came in one request; only the text of the answer says which was refused."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The peer took the message: `reply` is its answer, in which most give it a name."""

    reply: str = ""
    acceptance: Acceptance = Acceptance.TAKEN


class Concern(StrEnum):
    """Whom or what a temporary refusal is about. It decides who waits, and whether a try counts."""

    RECIPIENT = "recipient"
    """The person's mailbox or mail provider: the try counts, and the waits grow."""
    CONNECTION = "connection"
    """The line, the relay or our account: no try, and no wait beyond what the peer asks for."""
    SENDING_RATE = "sending rate"
    """All our mail to this peer: no try, and everything leaves more slowly for a while."""
    CONTENT = "content"
    """Our message: this peer takes it for nobody. No try; when that repeats the mailing pauses."""
    ADDRESS_FORM = "address form"
    """An address that this peer cannot carry. No try; the others go on, then the mailing pauses."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """The peer did not take the message; a later attempt is safe.

    `retry_after_s` is the delay that the peer asks for, if any. With `is_throttled`, the
    recipient's provider asks for fewer messages a minute.
    """

    reply: str
    retry_after_s: float | None = None
    is_throttled: bool = False
    concern: Concern = Concern.RECIPIENT

    @property
    def counts_as_try(self) -> bool:
        """Whether the attempt is counted against the recipient."""
        return self.concern is Concern.RECIPIENT


@dataclass(frozen=True, slots=True)
class Rejected:
    """The peer did not take the message, and another attempt would not help.

    `stage` is None when no peer was asked. `given_up_after` is the number of attempts after
    which deferrals were given up; None when the peer itself refused permanently.
    """

    reply: str
    stage: Stage | None = None
    given_up_after: int | None = None


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The connection broke after the content was sent, so nobody knows whether the peer took the
    message. The program never sends it again.
    """

    detail: str


Outcome = Accepted | Deferred | Rejected | Uncertain


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recipient of one mailing. `fields` are that person's merge fields, frozen at its start."""

    id: DeliveryId
    mailing_id: MailingId
    contact_id: ContactId
    address: Address
    name: str
    variant: VariantKey
    fields: Mapping[str, str]
    status: DeliveryStatus = DeliveryStatus.PENDING
    attempt: int = 0
    reply: str = ""
    changed_at: datetime | None = None
    acceptance: Acceptance | None = None
    """Of the last acceptance; None before it, and when a person or an event resolved the delivery."""
    stage: Stage | None = None
    """Of a rejection while sending."""
    given_up_after: int | None = None
    """How many attempts were made before the delivery was given up."""
    answer: int = 0
    """The number of the person's answer that triggered it; 0 for a step that leaves at its hour."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on a chunk: valid while `epoch` is the chunk's and the lease runs."""

    chunk_id: ChunkId
    mailing_id: MailingId
    epoch: int
    worker: str
    lease_until: datetime
    provider: str
    """Over which provider the worker sends."""
    deliveries: tuple[Delivery, ...]
    """Those still to be sent, in order."""
    is_probe: bool = False
    """For one person only: of the request before, nobody knows whether it was taken."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a mailing's deliveries by status and of its exclusions by reason."""

    mailing_id: MailingId
    by_status: Mapping[str, int]
    by_exclusion: Mapping[str, int]

    @property
    def audience(self) -> int:
        return sum(self.by_status.values())

    @property
    def waiting(self) -> int:
        """How many messages have not left and may still leave."""
        return self.of(UNSENT)

    @property
    def stopped(self) -> int:
        """How many were stopped before they left."""
        return self.of(STOPPED)

    @property
    def left(self) -> int:
        """How many have left or may have left."""
        return self.audience - self.waiting - self.stopped

    def of(self, statuses: Iterable[str]) -> int:
        """Return how many deliveries have one of the statuses."""
        return sum(self.by_status.get(status, 0) for status in statuses)
