"""A message: compiled once per variant, then filled in for one recipient."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from mailer.model.address import Address, Mailbox
    from mailer.model.campaigns.release import Release

DeliveryId = NewType("DeliveryId", str)
"""Opaque, random, 26 characters of lower-case base32: safe in VERP, headers and URLs.

It travels with the message (Message-ID, return path, `X-Mailer-Delivery`, a provider's
`custom_args`), so that each later event finds its delivery.
"""
_PROOF = "proof"  # five letters of base32


def proof_id(unused: DeliveryId) -> DeliveryId:
    """Return the id of a message to the team: it says of itself that no ledger has it."""
    return DeliveryId(_PROOF + unused[len(_PROOF) :])


def is_proof_id(delivery_id: DeliveryId) -> bool:
    """Return whether this may be the id of a test: of 33 million deliveries one looks like it."""
    return delivery_id.startswith(_PROOF)


@dataclass(frozen=True, slots=True)
class Hole:
    """A field that is filled in per recipient.

    `source` is a second-stage template over `recipient`, already escaped for its
    context.
    """

    source: str


Pieces = tuple[str | Hole, ...]
"""Literal text and holes, alternating; filling is one pass and the result
is never scanned again.
"""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file that travels inside the message: an inline image (`content_id`) or an attachment."""

    filename: str
    media_type: str
    content: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class PartnerPassage:
    """What a text says in the name of one partner.

    `pieces` are its words, a piece for each paragraph or value, and the addresses of its links and
    pictures.
    """

    partner: str
    language: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompiledMessage:
    """One variant of a step, compiled: everything but the per-recipient fields.

    `content_hash` (SHA-256, hex) covers every field but the `passages`. It is the hash that is signed off, and that
    the sender verifies again.
    """

    language: str
    subject: Pieces
    preheader: Pieces
    html: Pieces
    text: Pieces
    embedded: tuple[Embedded, ...] = ()
    release: Release | None = None
    """What the press room shows of it; None for a version that is not public."""
    lifted: Lifted | None = None
    """What leaves instead once the embargo is over; None for a version that leaves before, or
    after."""
    content_hash: str = ""
    passages: tuple[PartnerPassage, ...] = field(default=(), compare=False)
    """What it says in the name of partners who sign their passages. It repeats the texts, so that
    neither the hash nor a ledger has it."""

    def as_of(self, instant: datetime) -> CompiledMessage:
        """Return what leaves at `instant`: with the label of the embargo, or without."""
        is_over = self.lifted is not None and self.lifted.at <= instant
        return self.lifted.message if self.lifted and is_over else self

    @property
    def normalized_subject(self) -> str:
        """The subject in a form that can be compared: case folded, spaces collapsed."""
        return " ".join(self.subject_text.casefold().split())

    @property
    def subject_text(self) -> str:
        """The subject as one text, its holes shown by their source."""
        return "".join(
            f"{{{piece.source}}}" if isinstance(piece, Hole) else piece for piece in self.subject
        )


@dataclass(frozen=True, slots=True)
class Lifted:
    """The same text as it leaves from the end of the embargo on, without its label."""

    at: datetime
    message: CompiledMessage


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Sender data shared by all messages of a mailing: From, Reply-To, return
    path, unsubscribe links.
    """

    sender: Mailbox
    reply_to: Mailbox | None = None
    return_path_domain: str = ""
    """Domain that receives bounces: the envelope sender is `b+<delivery id>@` this domain."""
    message_id_domain: str = ""
    unsubscribe_url: str = ""
    """Base URL of the one-click link; empty when no receiver is configured."""
    unsubscribe_mailto: Address | None = None
    list_domain: str = ""
    answers_to: tuple[Address, ...] = ()
    """Where a reply that is filled in goes when there is no page to answer on; empty for where all
    replies go.
    """


@dataclass(slots=True)
class Message:
    """The mail for one recipient.

    A provider that does not take RFC 5322 (an HTTP API) ignores `raw` and uses the other
    fields. `values` are the filled holes in the order html, text, subject, preheader, each already
    escaped for its context.

    Treat it as immutable, although it is not frozen: building a frozen instance takes
    1.3 µs longer, of the 5 µs that composing a recipient's message takes, and there
    may be a million of them.
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
    """Headers that are equal in all messages of the mailing (List-Id, Feedback-ID …), unencoded."""
    write: Callable[[Message], bytes]
    """Builds `raw`. Called at most once, and only if `raw` is read."""
    categories: tuple[str, ...] = ()
    """Subject categories for the provider's statistics and searches. They never describe
    the person, because the provider keeps them and cannot erase them. Distinct, of at
    most 255 characters each.
    """
    is_dotless: bool = False
    """True when no line of `raw` is known to begin with a dot, so that dot-stuffing can be skipped:
    searching for such lines costs more than sending (25 µs in 30 kB, measured).
    """
    _raw: bytes = field(default=b"", init=False, repr=False, compare=False)

    @property
    def raw(self) -> bytes:
        """The whole RFC 5322 message: CRLF line ends, no line over 998 octets."""
        if not self._raw:
            self._raw = self.write(self)
        return self._raw
