"""The result of reading one mail.

Three things are kept apart for each recipient, because readers that mix them lose addresses: the
*outcome* (did this message arrive), the *reason*, and whether the address is *dead*. Only the last
may suppress an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.model.feedback.event import Deadness

if TYPE_CHECKING:
    from datetime import date

    from mailer.model.feedback.reply import ReplySort
    from mailer.model.mailings.message import DeliveryId


class MailKind(StrEnum):
    """The kind of an inbound mail."""

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


class DsnAction(StrEnum):
    """The outcome for one recipient: the actions of RFC 3464 §2.3.3."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


class Reason(StrEnum):
    """Why delivery failed. The first four concern the address, the others its
    owner, us or the route.
    """

    USER_UNKNOWN = "user-unknown"
    HOST_UNKNOWN = "host-unknown"
    MOVED = "moved"
    NO_MAIL_HERE = "no-mail-here"
    """The domain accepts no mail (RFC 7505 null MX)."""
    MAILBOX_FULL = "mailbox-full"
    DISABLED = "disabled"
    FILTERED = "filtered"
    """The recipient's own settings, or a filter that says "unknown user" after the content."""
    RESTRICTED = "restricted"
    """Only members or known senders may write to the address."""
    SENDER_REFUSED = "sender-refused"
    BLOCKED = "blocked"
    """Our IP address: blocklists, reputation, missing PTR."""
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
    """Not attempted: the address is on the provider's own bounce list."""
    PROVIDER_OPTED_OUT = "provider-opted-out"
    PROVIDER_COMPLAINED = "provider-complained"
    STOP_ASKED = "stop-asked"
    """A reply asks us in free text to stop: a person must decide."""
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """HIGH: a machine-readable report or a known phrase; LOW: guessed from loose text."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class TokenSource(StrEnum):
    """Where our delivery token was found, strongest first."""

    RETURN_PATH = "return-path"
    ENVELOPE_ID = "envelope-id"
    HEADER = "header"
    SUBJECT = "subject"
    """`unsubscribe <delivery id>`, as our own mailto: link writes it."""
    MESSAGE_ID = "message-id"
    FORM = "form"
    """The code of a reply that is filled in."""


@dataclass(frozen=True, slots=True)
class Token:
    """Our delivery token, which identifies the delivery a mail is about. 130 random bits,
    so it cannot be guessed.
    """

    delivery_id: DeliveryId
    source: TokenSource


@dataclass(frozen=True, slots=True)
class Result:
    """What the mail reports about one recipient.

    `recipient` is the address we wrote to, as far as the mail shows (Original-Recipient before
    Final-Recipient, RFC 3464 §2.3.1; the one whose mail was forwarded), domain in lower case. `rule` names the classification rule
    that matched, `quote` the line it matched.
    """

    recipient: str
    outcome: DsnAction
    reason: Reason = Reason.UNKNOWN
    dead: Deadness = Deadness.UNSURE
    status: str = ""
    rule: str = ""
    quote: str = ""
    confidence: Confidence = Confidence.LOW
    found_by: str = ""
    """The layer or detector that named the recipient."""
    also: tuple[str, ...] = ()
    """Other addresses of the same recipient: an alias that was expanded on the way."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Information from an automatic reply, for display only; nothing acts on it.

    `returns_on` is the first day back as stated; `has_left` is true when the person no longer works
    there, or nobody reads the mailbox; `replacements` are addresses given instead.
    """

    returns_on: date | None = None
    has_left: bool = False
    replacements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Authentication:
    """What one server says that it has proven about a mail, in `Authentication-Results`.

    `passed` holds methods (`dkim`, `dmarc`) with the domain that each has proven.
    """

    server: str
    passed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The interpretation of one mail. Reading opens no link and fetches nothing."""

    kind: MailKind
    results: tuple[Result, ...] = ()
    token: Token | None = None
    original_message_id: str = ""
    """Message-ID of the original mail, without brackets."""
    sender: str = ""
    """Author of this mail; for complaints the recipient is in `results`."""
    subject: str = ""
    absence: Absence | None = None
    answer: ReplySort | None = None
    """What a person says to an invitation; None for what no person wrote."""
    feedback_type: str = ""
    """For complaints: `abuse`, or `opt-out` where the person only used the unsubscribe button of
    the mail program or provider (RFC 5965 §7.3), which counts as an opt-out.
    """
    rule: str = ""
    """The rule or detector that decided the kind."""
    author: str = ""
    """The address in From, if there is exactly one."""
    authentications: tuple[Authentication, ...] = ()
    """The proofs that servers have added about the author. Only one of ours is to be believed."""
    is_truncated: bool = False
    """True when a limit was reached and the rest of the mail was not read."""
