"""Facts that come back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.delivery import Stage
    from mailer.model.message import DeliveryId


EVERYTHING = "everything"
"""The reason of an opt-out that is meant for every list, not only the one it answers."""


class EventKind(StrEnum):
    """What a fact says. Only the first seven can move a delivery; the rest are stored."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    REJECTED = "rejected"
    SUPPRESSED = "suppressed"
    DEFERRED = "deferred"
    OPTED_OUT = "opted-out"
    AUTO_REPLIED = "auto-replied"
    CHALLENGED = "challenged"
    READ = "read"
    REPLIED = "replied"
    UNKNOWN = "unknown"


class Deadness(StrEnum):
    """Whether the address itself is dead: the only thing that may suppress it."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class RefusalCounts:
    """Deliveries refused for certain reasons since an instant, and at any time; those tried."""

    lately: int
    ever: int
    tried: int


class Match(StrEnum):
    """How we know which delivery a fact is about, strongest first."""

    DELIVERY_ID = "delivery-id"
    MESSAGE_ID = "message-id"
    ADDRESS = "address"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """One fact about one delivery, or about one address when no delivery could be named.

    `key` is natural: the same fact arriving twice, under whatever transport id, has the
    same key. `raw` is the evidence, kept beside our translation.
    """

    kind: EventKind
    at: datetime
    source: str
    """The name of a provider, or `mailbox`, `relay-log`, `person`, `unsubscribe`, `rehearsal`."""
    key: str
    delivery_id: DeliveryId | None = None
    address: Address | None = None
    match: Match = Match.NONE
    reason: str = ""
    """One of the reader's reason names (`user-unknown`, `mailbox-full`, `blocked` …)."""
    dead: Deadness = Deadness.UNSURE
    status_code: str = ""
    """Enhanced status code (RFC 3463), where one was given."""
    quote: str = ""
    """The line that decided, for the person who looks."""
    rule: str = ""
    raw: bytes = b""
    stage: Stage | None = None
    """Where a refusal while sending came; None for everything else."""


@dataclass(frozen=True, slots=True)
class MailingEvent:
    """An event and the campaign and step of the delivery it names; empty when it names none."""

    event: DeliveryEvent
    campaign: str = ""
    step: str = ""
