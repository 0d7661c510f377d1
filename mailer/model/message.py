"""A message: compiled once for a variant, then filled for one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from mailer.model.address import Address, Mailbox

DeliveryId = NewType("DeliveryId", str)
"""Opaque, random, 26 characters of lower-case base32: safe in VERP, headers and URLs.

It travels with the message (Message-ID, return path, `X-Mailer-Delivery`, a provider's
`custom_args`), so that each later fact finds its row.
"""


@dataclass(frozen=True, slots=True)
class Hole:
    """A recipient's own place: `source` is a stage-2 template over `recipient`, escaped
    for the place where it stands.
    """

    source: str


Pieces = tuple[str | Hole, ...]
"""Literal text and holes, alternating; filling is one pass and never re-scanned."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file that travels inside the message: an inline image (`content_id`) or an attachment."""

    filename: str
    media_type: str
    content: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class CompiledMessage:
    """One version of a step, compiled: everything but the recipient's own places.

    `content_hash` (SHA-256, hex) covers every field; it is what is signed off and what
    the sender checks again.
    """

    language: str
    subject: Pieces
    preheader: Pieces
    html: Pieces
    text: Pieces
    embedded: tuple[Embedded, ...] = ()
    content_hash: str = ""

    @property
    def headline(self) -> str:
        """The subject, to be compared with another: holes by their source, case set aside."""
        subject = "".join(
            f"{{{piece.source}}}" if isinstance(piece, Hole) else piece for piece in self.subject
        )
        return " ".join(subject.casefold().split())


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, the same for every message of a mailing."""

    sender: Mailbox
    reply_to: Mailbox | None = None
    return_path_domain: str = ""
    """Where bounces come back: the envelope sender is `b+<delivery id>@` this domain."""
    message_id_domain: str = ""
    unsubscribe_url: str = ""
    """Base of the one-click link; empty when no receiver is configured."""
    unsubscribe_mailto: Address | None = None
    list_domain: str = ""


@dataclass(slots=True)
class Message:
    """The mail for one person.

    A backend that speaks another dialect than RFC 5322 leaves `raw` alone and uses
    the other fields; `values` are the filled holes in the order html, text, subject, preheader,
    each already escaped for its place.

    Nobody changes one, though it is not frozen: a frozen one takes 1.3 µs longer to make, of
    the 5 µs in which a person's is composed, and there may be a million.
    """

    delivery_id: DeliveryId
    envelope_sender: Address
    recipient: Mailbox
    sent_at: datetime
    compiled: CompiledMessage
    values: tuple[str, ...]
    headers: Mapping[str, str]
    """The recipient's own headers (Message-ID, List-Unsubscribe …), unencoded."""
    letterhead: Letterhead
    shared_headers: Mapping[str, str]
    """What every message of the mailing says beside it (List-Id, Feedback-ID …), unencoded."""
    write: Callable[[Message], bytes]
    """Makes `raw`; asked once, and only when somebody wants it."""
    categories: tuple[str, ...] = ()
    """What it is about, for a provider's statistics and searches: never about the person, for
    they are kept and cannot be erased. Different ones, of at most 255 characters."""
    is_dotless: bool = False
    """Known: no line of `raw` begins with a dot. SMTP doubles such dots, and looking for them
    costs more than sending (25 µs in 30 kB, measured)."""
    _raw: bytes = field(default=b"", init=False, repr=False, compare=False)

    @property
    def raw(self) -> bytes:
        """The whole RFC 5322 message, CRLF line ends, no line over 998 octets."""
        if not self._raw:
            self._raw = self.write(self)
        return self._raw
