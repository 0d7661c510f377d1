"""What comes in, before and while it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from datetime import datetime

PostId = NewType("PostId", int)

STRIKES = 3
"""What could not be read so many times is set aside with its bytes, and reading goes on."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a mailbox has been read (RFC 3501 §2.3.1.1).

    `uid` is the last one whose facts are in the ledger; it means something only while the
    server's UIDVALIDITY is `validity`.
    """

    mailbox: str
    validity: int
    uid: int


class Filing(Enum):
    """Where a mail goes once its facts are durable."""

    DONE = "done"
    UNKNOWN = "unknown"
    LEFT = "left"
    """A person wrote it: it stays where it is, for a person."""


@dataclass(frozen=True, slots=True)
class InboundMail:
    """One mail of a mailbox: its UID and its octets, or the beginning of them."""

    uid: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class WebhookPost:
    """One post of a provider, its signature verified, its octets as they came."""

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
    """Bytes that could not be read after `STRIKES` tries, for a person to look at."""

    source: str
    key: str
    """SHA-256 of the bytes, hex."""
    why: str
    at: datetime
    size_bytes: int
