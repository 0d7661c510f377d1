"""What the reader understood of one mail.

Three facts about each recipient are kept apart, because mixing them is how readers are
lost: the *outcome* (did this message arrive), the *reason*, and whether the address is
*dead*. Only the last may suppress.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.event import Deadness

if TYPE_CHECKING:
    from datetime import date

    from mailer.model.message import DeliveryId


class Kind(StrEnum):
    """What sort of mail came back."""

    BOUNCE = "bounce"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    COMPLAINT = "complaint"
    AUTO_REPLY = "auto-reply"
    CHALLENGE = "challenge"
    READ_RECEIPT = "read-receipt"
    UNSUBSCRIBE = "unsubscribe"
    REPLY = "reply"
    UNKNOWN = "unknown"


class Fate(StrEnum):
    """What became of the message for one recipient: the actions of RFC 3464 §2.3.3."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


class Reason(StrEnum):
    """Why. The first four are about the address, the rest about its owner, us or the road."""

    USER_UNKNOWN = "user-unknown"
    HOST_UNKNOWN = "host-unknown"
    MOVED = "moved"
    NO_MAIL_HERE = "no-mail-here"
    """The domain says it takes no mail (RFC 7505 null MX)."""
    MAILBOX_FULL = "mailbox-full"
    DISABLED = "disabled"
    FILTERED = "filtered"
    """The recipient's own settings, or a filter that says "unknown user" after the content."""
    RESTRICTED = "restricted"
    """Members only, or only known senders may write there."""
    SENDER_REFUSED = "sender-refused"
    BLOCKED = "blocked"
    """Our address on the network: lists, reputation, missing PTR."""
    AUTHENTICATION = "authentication"
    """SPF, DKIM or DMARC."""
    POLICY = "policy"
    SPAM = "spam"
    VIRUS = "virus"
    CONTENT = "content"
    TOO_BIG = "too-big"
    RELAYING = "relaying"
    RATE = "rate"
    GREYLISTED = "greylisted"
    ENCRYPTION = "encryption"
    EXPIRED = "expired"
    NETWORK = "network"
    SYSTEM = "system"
    PROTOCOL = "protocol"
    COMPLAINT = "complaint"
    PROVIDER_BOUNCED = "provider-bounced"
    """Not tried: on the provider's own list of bounced addresses."""
    PROVIDER_OPTED_OUT = "provider-opted-out"
    PROVIDER_COMPLAINED = "provider-complained"
    STOP_ASKED = "stop-asked"
    """A person's own words ask for it, in a reply: for a person to decide."""
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """HIGH: a machine-readable report or a known phrase; LOW: guessed from loose text."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class TokenPlace(StrEnum):
    """Where our own mark was found, strongest first."""

    RETURN_PATH = "return-path"
    ENVELOPE_ID = "envelope-id"
    HEADER = "header"
    SUBJECT = "subject"
    """`unsubscribe <delivery id>`, as our own mailto: link writes it."""
    MESSAGE_ID = "message-id"


@dataclass(frozen=True, slots=True)
class Token:
    """Our own mark: which delivery this mail is about. 130 random bits, so not guessable."""

    delivery_id: DeliveryId
    place: TokenPlace


@dataclass(frozen=True, slots=True)
class Result:
    """What the mail says about one recipient.

    `recipient` is the address we wrote to as far as the mail tells (Original-Recipient
    before Final-Recipient, RFC 3464 §2.3.1), domain in lower case. `rule` names what
    decided, `quote` the line it read.
    """

    recipient: str
    outcome: Fate
    reason: Reason = Reason.UNKNOWN
    dead: Deadness = Deadness.UNSURE
    status: str = ""
    rule: str = ""
    quote: str = ""
    confidence: Confidence = Confidence.LOW
    found_by: str = ""
    """The layer or detector that named the recipient."""
    also: tuple[str, ...] = ()
    """Other addresses of the same recipient: an alias expanded on the way."""


@dataclass(frozen=True, slots=True)
class Absence:
    """What an automatic reply tells: to be shown, never acted upon.

    `returns_on` is the first day back as stated; `has_left` when the person works there no
    more; `replacements` are addresses it names instead.
    """

    returns_on: date | None = None
    has_left: bool = False
    replacements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One mail, understood. Nothing in it was ever acted upon, opened or fetched."""

    kind: Kind
    results: tuple[Result, ...] = ()
    token: Token | None = None
    original_message_id: str = ""
    """Message-ID of the mail it is about, without brackets."""
    sender: str = ""
    """Who wrote this mail; for complaints the recipient is in `results`."""
    subject: str = ""
    absence: Absence | None = None
    feedback_type: str = ""
    """Of complaints: `abuse`, or `opt-out` where the person only asked to be taken off
    through the mail program's or provider's button (RFC 5965 §7.3). Obeyed as an opt-out.
    """
    rule: str = ""
    """What decided the kind."""
    is_truncated: bool = False
    """A cap was reached; what lay beyond was not read."""
