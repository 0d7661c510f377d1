"""Delivery events: what comes back about a message or an address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.feedback.inbox import MAILBOX

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.mailings.delivery import Stage
    from mailer.model.mailings.message import DeliveryId


EVERYTHING = "everything"
"""Reason of an opt-out that covers every list, not only the list of the answered mailing."""


class EventKind(StrEnum):
    """What an event reports. Only the first seven can change a delivery's status; the
    others are only stored.
    """

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
    """Whether the address itself no longer works; only YES may suppress it."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class RefusalCounts:
    """Numbers of deliveries refused for certain reasons, since an instant and in total, and tried."""

    recent: int
    total: int
    tried: int


class Match(StrEnum):
    """How an event was matched to a delivery, strongest first."""

    DELIVERY_ID = "delivery-id"
    MESSAGE_ID = "message-id"
    SENDER = "trusted-sender"
    """By the address that a report names whose sender the configuration trusts, and who was proven
    to have sent it.
    """
    ADDRESS = "address"
    NONE = "none"


NAMES_DELIVERY = frozenset({Match.DELIVERY_ID, Match.MESSAGE_ID})
"""The matches that bring a token of ours, which only the recipient's side can know."""


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """One event about one delivery, or about one address when no delivery could be identified.

    `key` is derived from the content: the same event received twice, even under another
    transport id, has the same key. `raw` is the evidence, kept beside our translation.
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
    """Name of a `feedback.reading.Reason` (`user-unknown`, `mailbox-full`, `blocked` …)."""
    dead: Deadness = Deadness.UNSURE
    status_code: str = ""
    """Enhanced status code (RFC 3463), if the report gives one."""
    quote: str = ""
    """The line of the report that decided the reason, shown to people."""
    rule: str = ""
    """Name of the classification rule that matched."""
    raw: bytes = b""
    stage: Stage | None = None
    """Where a refusal while sending came; None for everything else."""

    @property
    def names_delivery(self) -> bool:
        """Return whether a token of ours says which delivery the event is about."""
        return self.match in NAMES_DELIVERY

    @property
    def is_proven(self) -> bool:
        """Return whether the event may have consequences without a person.

        Anybody can write a mail that names somebody else's address, so that a mail must bring a
        token of ours or come from a trusted sender. The other sources prove who they are before
        their events are stored: a signature, an account, a reply while we send.
        """
        return self.source != MAILBOX or self.names_delivery or self.match is Match.SENDER


@dataclass(frozen=True, slots=True)
class DecidedEvent:
    """An event as the policy completed it, and what follows: suppressions, or what is proposed."""

    event: DeliveryEvent
    suppressions: Sequence[Suppression] = ()
    proposed: Sequence[Suppression] = ()


@dataclass(frozen=True, slots=True)
class MailingEvent:
    """An event and the campaign and step of the delivery it names; empty when it names none."""

    event: DeliveryEvent
    campaign: str = ""
    step: str = ""
