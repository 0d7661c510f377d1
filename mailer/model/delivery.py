"""One person's part of a mailing, from pending to a known end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.campaign import VariantKey
    from mailer.model.contact import ContactId
    from mailer.model.mailing import MailingId
    from mailer.model.message import DeliveryId

ChunkId = NewType("ChunkId", int)


class DeliveryStatus(StrEnum):
    """Where a delivery stands. The order of the members breaks ties between equal ranks."""

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


def after(status: DeliveryStatus, fact: DeliveryStatus) -> DeliveryStatus:
    """The status once `fact` is known: the higher of the two.

    Facts come late, twice and out of order; a maximum of a total order is total,
    idempotent and independent of the order of arrival. Moves *down* (a retry's claim, a
    person's "send again") are acts of the ledger, never facts.
    """
    return max(status, fact, key=_ORDER.__getitem__)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The peer took the message: `reply` is its answer, `peer_id` its own name for it."""

    reply: str = ""
    peer_id: str = ""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Certainly not taken; a later try is safe. `retry_after_s` when the peer names a delay."""

    reply: str
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Certainly not taken, and trying again would not help."""

    reply: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The line broke after the content left: perhaps taken, perhaps not. Never resent by us."""

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


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on a chunk: valid while `epoch` is the chunk's and the lease runs."""

    chunk_id: ChunkId
    mailing_id: MailingId
    epoch: int
    worker: str
    lease_until: datetime
    deliveries: tuple[Delivery, ...]
    """Those still to be sent, in order."""
