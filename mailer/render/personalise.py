"""Builds one recipient's message: fills in the values, adds the recipient's
headers, returns bytes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from mailer.errors import Place, Problem, RuleError
from mailer.model.address import Address, Mailbox
from mailer.model.mailings.message import (
    CompiledMessage,
    DeliveryId,
    Hole,
    Letterhead,
    Message,
    Pieces,
)
from mailer.render.fingerprint import content_hash
from mailer.render.jinja.recipient_fields import LINK_NAMES
from mailer.render.jinja.recipient_template import filler, filler_of_all
from mailer.render.mime import headers, quoted_printable
from mailer.render.mime.frame import frame
from mailer.render.mime.invitation import addressed, is_personal
from mailer.reply_form import reply_form
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

_PRINTABLE = re.compile(r"[\w.~!#$%&'()*+,/:;=?@\[\]-]*", re.ASCII)
"""URLs that `_printable` leaves unchanged, as nearly all are."""


class Personaliser:
    """Fills one compiled message for many recipients, in microseconds each.

    What is equal for all recipients is encoded once, in the constructor. The constructor
    refuses a message whose content does not match its hash: only what was signed off is sent.
    """

    def __init__(
        self,
        compiled: CompiledMessage,
        letterhead: Letterhead,
        *,
        campaign: str,
        step: str,
    ) -> None:
        if content_hash(compiled) != compiled.content_hash:
            raise RuleError(
                Problem(
                    Place(campaign, key=step),
                    _("the message is not the one that was signed off"),
                    _("Check, sign off and launch it again."),
                )
            )
        self._compiled = compiled
        self._letterhead = letterhead
        self._step = step
        sources = _sources(compiled)
        self._values_for = filler_of_all(sources)
        self.links = frozenset(
            {"unsubscribe_url"}
            | {name for name in LINK_NAMES for source in sources if name in source}
        )
        """The names of the links that this message needs: signing one takes time."""
        self._reply_names = tuple(self.links - {"unsubscribe_url"})
        self._subject_at = len(_holes(compiled.html)) + len(_holes(compiled.text))
        self._subject = compiled.subject
        content_type, parts = frame(compiled)
        self._body = [part if isinstance(part, bytes) else b"" for part in parts]
        self._hole_positions = [
            (at, part) for at, part in enumerate(parts) if isinstance(part, int)
        ]
        # Neither a header field nor an encoded value ever begins a line with a dot.
        self._is_dotless = not any(it.startswith(b".") or b"\n." in it for it in self._body)
        self._id_domain = letterhead.message_id_domain or letterhead.sender.address.domain
        self._shared = _shared_headers(letterhead, campaign=campaign, step=step)
        self._categories = (_label(campaign), f"{_label(campaign)}.{_label(step)}")
        self._fixed_headers = (
            _encode_fixed_headers(letterhead, self._shared) + content_type + b"\r\n"
        )
        self._plain_subject = (
            None
            if _holes(compiled.subject)
            else headers.unstructured("Subject", "".join(map(str, compiled.subject)))
        )
        self._unsubscribe_address = _mailto_address(letterhead)
        self._campaign = campaign
        box = letterhead.reply_to or letterhead.sender
        answered = letterhead.answers_to or (box.address,)
        self._reply_addresses = ",".join(quote(str(each), safe="@+") for each in answered)
        # A calendar entry that names its reader makes every message a content of its own. Those
        # are for accredited people, who are few.
        self._is_personal = any(map(is_personal, compiled.embedded))
        self._serializer = self._serialize_own if self._is_personal else self._serialize

    def message(
        self,
        *,
        delivery_id: DeliveryId,
        recipient: Mailbox,
        fields: Mapping[str, str],
        sent_at: datetime,
    ) -> Message:
        """Return the message for one recipient; its bytes are built when `raw` is first read.

        `fields` are those of `merge_fields`, plus the `links` if there is a receiver for them;
        without one the reader unsubscribes and answers by mail. A missing field raises KeyError: stored fields
        always have every name.
        """
        url = fields.get("unsubscribe_url", "")
        if not url:
            fields = {**fields, "unsubscribe_url": self._mail_link(delivery_id)}
        for name in self._reply_names:
            if not fields.get(name):
                fields = {**fields, name: self._reply_link(name, delivery_id, fields)}
        return Message(
            delivery_id=delivery_id,
            envelope_sender=self._envelope_sender(delivery_id),
            recipient=recipient,
            sent_at=sent_at,
            compiled=_with_reader(self._compiled, recipient)
            if self._is_personal
            else self._compiled,
            values=self._values_for(fields),
            headers=self._own_headers(delivery_id, url),
            letterhead=self._letterhead,
            shared_headers=self._shared,
            write=self._serializer,
            categories=self._categories,
            is_dotless=self._is_dotless,
        )

    def _serialize(self, message: Message) -> bytes:
        """Join the recipient's own headers, the shared headers, and the
        body with its holes filled.
        """
        body = self._body.copy()
        for at, number in self._hole_positions:
            body[at] = quoted_printable.value(message.values[number])
        return self._with_headers(message, body)

    def _serialize_own(self, message: Message) -> bytes:
        """Build the body of a message whose files are its reader's own."""
        values, (_type, parts) = message.values, frame(message.compiled)
        body = [
            part if isinstance(part, bytes) else quoted_printable.value(values[part])
            for part in parts
        ]
        return self._with_headers(message, body)

    def _with_headers(self, message: Message, body: Iterable[bytes]) -> bytes:
        return b"".join(
            [
                headers.date(message.sent_at),
                headers.mailbox("To", message.recipient),
                self._plain_subject
                or headers.unstructured("Subject", self._filled_subject(message.values)),
                _encode_fields(message.headers),
                self._fixed_headers,
                *body,
            ]
        )

    def _own_headers(self, delivery_id: DeliveryId, url: str) -> dict[str, str]:
        own = {
            "Message-ID": f"<{delivery_id}@{self._id_domain}>",
            "X-Mailer-Delivery": delivery_id,
        }
        unsubscribe_urls = (
            f"<{self._mail_link(delivery_id)}>" if self._letterhead.unsubscribe_mailto else ""
        )
        if url.startswith("https://"):
            # RFC 8058 §3.1: one https URL, and the promise that a POST to it unsubscribes.
            page = f"<{_printable(url)}>"
            unsubscribe_urls = f"{page}, {unsubscribe_urls}" if unsubscribe_urls else page
            own["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if unsubscribe_urls:
            own["List-Unsubscribe"] = unsubscribe_urls
        return own

    def _mail_link(self, delivery_id: DeliveryId) -> str:
        return f"mailto:{self._unsubscribe_address}?subject=unsubscribe%20{delivery_id}"

    def _reply_link(self, name: str, delivery_id: DeliveryId, fields: Mapping[str, str]) -> str:
        """Return the link of a reply that is filled in, for readers without a page to answer on."""
        subject, body = reply_form(
            name,
            delivery_id,
            person=fields["name"],
            outlet=fields["organisation"],
            language=fields["language"],
            campaign=self._campaign,
        )
        return f"mailto:{self._reply_addresses}?subject={quote(subject)}&body={quote(body)}"

    def _envelope_sender(self, delivery_id: DeliveryId) -> Address:
        if self._letterhead.return_path_domain:
            return Address(f"b+{delivery_id}", self._letterhead.return_path_domain)
        return self._letterhead.sender.address

    def _filled_subject(self, values: tuple[str, ...]) -> str:
        rest = iter(values[self._subject_at :])
        return "".join(next(rest) if isinstance(it, Hole) else it for it in self._subject)


def fill(pieces: Pieces, fields: Mapping[str, str]) -> str:
    """Return one part of a message with its holes filled, for previews and checks."""
    return "".join(
        filler(piece.source)(fields) if isinstance(piece, Hole) else piece for piece in pieces
    )


def _with_reader(compiled: CompiledMessage, reader: Mailbox) -> CompiledMessage:
    """Return the message with the reader in its calendar entry."""
    files = (addressed(it, reader) if is_personal(it) else it for it in compiled.embedded)
    return replace(compiled, embedded=tuple(files))


def _holes(pieces: Pieces) -> list[Hole]:
    return [piece for piece in pieces if isinstance(piece, Hole)]


def _sources(message: CompiledMessage) -> list[str]:
    """Return the sources of all holes, in the order of `Message.values`."""
    parts = (message.html, message.text, message.subject, message.preheader)
    return [hole.source for part in parts for hole in _holes(part)]


def _shared_headers(letterhead: Letterhead, *, campaign: str, step: str) -> dict[str, str]:
    """Return the headers shared by every message of a mailing, besides From and Reply-To."""
    sender = letterhead.sender.address
    return {
        "List-Id": f"<{_label(campaign)}.{letterhead.list_domain or sender.domain}>",
        # RFC 3834 §5: automatic mail to many; out-of-office programs should not answer it.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        # Gmail: up to three identifiers of our choice, then the sender's (5 to 15 characters).
        "Feedback-ID": f"{_label(step)}:{_label(campaign)}:press:{_label(sender.domain)[:15]}",
    }


def _encode_fixed_headers(letterhead: Letterhead, shared: Mapping[str, str]) -> bytes:
    """Return the encoded header fields that every message of a mailing shares."""
    fields = [headers.mailbox("From", letterhead.sender)]
    if letterhead.reply_to:
        fields.append(headers.mailbox("Reply-To", letterhead.reply_to))
    return b"".join([*fields, _encode_fields({**shared, "MIME-Version": "1.0"})])


def _encode_fields(fields: Mapping[str, str]) -> bytes:
    lines = "".join([f"{name}: {text}\r\n" for name, text in fields.items()])
    # Only List-Unsubscribe holds two URLs; each is written on its own line.
    return lines.replace(">, <", ">,\r\n <").encode()


def _mailto_address(letterhead: Letterhead) -> str:
    """Return the address to write to in order to unsubscribe when there is no web page for it."""
    box = letterhead.reply_to or letterhead.sender
    address = letterhead.unsubscribe_mailto or box.address
    return quote(str(address), safe="@+")


def _label(text: str) -> str:
    """Reduce `text` to letters, digits and hyphens (RFC 2919 §2), at most 60."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-")[:60] or "mailing"


def _printable(url: str) -> str:
    return url if _PRINTABLE.fullmatch(url) else quote(url, safe="!#$%&'()*+,/:;=?@[]~")
