"""Inbound mail and webhook posts, before and while they are processed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.wording import Text

PostId = NewType("PostId", int)

MAILBOX = "mailbox"
"""The source of what comes by mail. A webhook post has the name of its provider."""
UNREADABLE_RULE = "parked"
"""The rule name of an event that only records an unreadable mail."""
MAX_READ_ATTEMPTS = 3
"""After this many failed attempts to read it, an input becomes a dead
letter and reading goes on.
"""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The position up to which a mailbox has been read (RFC 3501 §2.3.1.1).

    `uid` is the last message whose events are in the ledger; it is only meaningful while the
    server's UIDVALIDITY equals `validity`.
    """

    mailbox: str
    validity: int
    uid: int


class Filing(Enum):
    """Where a mail is filed once its events are stored."""

    DONE = "done"
    UNKNOWN = "unknown"
    LEFT = "left"
    """Written by a person: it stays in its folder, for a person to answer."""


@dataclass(frozen=True, slots=True)
class FilingTrouble:
    """Mails could not be marked or moved; they stay where they are, and reading goes on.

    `folder` is where they were to go, empty for the folder that is read.
    """

    mailbox: str
    folder: str
    what: Text


@dataclass(frozen=True, slots=True)
class InboundMail:
    """One mail of a mailbox: its UID and its octets, possibly truncated."""

    uid: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class WebhookPost:
    """One webhook request of a provider, its signature verified, its body as received."""

    id: PostId
    provider: str
    body: bytes
    received_at: datetime


class WebhookRefusal(StrEnum):
    """Why a post is not taken. The receiver answers with a status and nothing else."""

    NO_KEY = "no-key"
    TOO_BIG = "too-big"
    BAD_SIGNATURE = "bad-signature"
    STALE = "stale"
    NOT_EVENTS = "not-events"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An input that could not be read after `MAX_READ_ATTEMPTS` attempts, kept
    for a person to examine.
    """

    source: str
    """`MAILBOX`, or the name of the provider whose webhook sent it."""
    key: str
    """SHA-256 of the content, hex."""
    why: str
    at: datetime
    size_bytes: int
