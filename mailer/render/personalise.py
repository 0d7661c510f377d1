"""One person's message: values into their places, a header of their own, bytes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from mailer.errors import Place, Problem, RuleError
from mailer.model.address import Address, Mailbox
from mailer.model.message import CompiledMessage, DeliveryId, Hole, Letterhead, Message, Pieces
from mailer.render.fingerprint import content_hash
from mailer.render.jinja.recipient_template import filler, filler_of_all
from mailer.render.mime import headers
from mailer.render.mime import quoted_printable as quoted
from mailer.render.mime.frame import frame
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_PRINTABLE = re.compile(r"[\w.~!#$%&'()*+,/:;=?@\[\]-]*", re.ASCII)
"""What `_printable` leaves as it is, as nearly every URL."""


class Personaliser:
    """Fills one compiled message for one person after another, in microseconds each.

    What is the same for everybody is encoded once, here. Refuses a message whose content is
    not what its hash says: what was signed off is what goes out.
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
        self._values_for = filler_of_all(_sources(compiled))
        self._subject_at = len(_holes(compiled.html)) + len(_holes(compiled.text))
        self._subject = compiled.subject
        content_type, parts = frame(compiled)
        self._body = [part if isinstance(part, bytes) else b"" for part in parts]
        self._gaps = [(at, part) for at, part in enumerate(parts) if isinstance(part, int)]
        # Neither a header field nor a quoted value ever begins a line with a dot.
        self._is_dotless = not any(it.startswith(b".") or b"\n." in it for it in self._body)
        self._id_domain = letterhead.message_id_domain or letterhead.sender.address.domain
        self._shared = _shared_headers(letterhead, campaign=campaign, step=step)
        self._categories = (_label(campaign), f"{_label(campaign)}.{_label(step)}")
        self._standing = _standing_lines(letterhead, self._shared) + content_type + b"\r\n"
        self._plain_subject = (
            None
            if _holes(compiled.subject)
            else headers.unstructured("Subject", "".join(map(str, compiled.subject)))
        )
        self._stop = _stop_address(letterhead)
        self._write = self._written

    def message(
        self,
        *,
        delivery_id: DeliveryId,
        recipient: Mailbox,
        fields: Mapping[str, str],
        sent_at: datetime,
    ) -> Message:
        """The message for one person, written out when somebody asks for its `raw`.

        `fields` are those of `merge_fields`, and `unsubscribe_url` where there is a
        receiver for it; without one the reader stops by mail. A missing field is a
        KeyError: frozen fields always have every name.
        """
        url = fields.get("unsubscribe_url", "")
        if not url:
            fields = {**fields, "unsubscribe_url": self._mail_link(delivery_id)}
        return Message(
            delivery_id=delivery_id,
            envelope_sender=self._envelope_sender(delivery_id),
            recipient=recipient,
            sent_at=sent_at,
            compiled=self._compiled,
            values=self._values_for(fields),
            headers=self._own_headers(delivery_id, url),
            letterhead=self._letterhead,
            shared_headers=self._shared,
            write=self._write,
            categories=self._categories,
            is_dotless=self._is_dotless,
        )

    def _written(self, message: Message) -> bytes:
        """The header fields of this one, those of all, and the body with its gaps closed."""
        values = message.values
        body = self._body.copy()
        for at, number in self._gaps:
            body[at] = quoted.value(values[number])
        return b"".join(
            [
                headers.date(message.sent_at),
                headers.mailbox("To", message.recipient),
                self._plain_subject or headers.unstructured("Subject", self._filled(values)),
                _lines(message.headers),
                self._standing,
                *body,
            ]
        )

    def _own_headers(self, delivery_id: DeliveryId, url: str) -> dict[str, str]:
        own = {
            "Message-ID": f"<{delivery_id}@{self._id_domain}>",
            "X-Mailer-Delivery": delivery_id,
        }
        ways = f"<{self._mail_link(delivery_id)}>" if self._letterhead.unsubscribe_mailto else ""
        if url.startswith("https://"):
            # RFC 8058 §3.1: one https address, and the promise that a POST to it suffices.
            page = f"<{_printable(url)}>"
            ways = f"{page}, {ways}" if ways else page
            own["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if ways:
            own["List-Unsubscribe"] = ways
        return own

    def _mail_link(self, delivery_id: DeliveryId) -> str:
        return f"mailto:{self._stop}?subject=unsubscribe%20{delivery_id}"

    def _envelope_sender(self, delivery_id: DeliveryId) -> Address:
        if self._letterhead.return_path_domain:
            return Address(f"b+{delivery_id}", self._letterhead.return_path_domain)
        return self._letterhead.sender.address

    def _filled(self, values: tuple[str, ...]) -> str:
        rest = iter(values[self._subject_at :])
        return "".join(next(rest) if isinstance(it, Hole) else it for it in self._subject)


def filled(pieces: Pieces, fields: Mapping[str, str]) -> str:
    """One part of a message with its holes filled, for previews and checks."""
    return "".join(
        filler(piece.source)(fields) if isinstance(piece, Hole) else piece for piece in pieces
    )


def _holes(pieces: Pieces) -> list[Hole]:
    return [piece for piece in pieces if isinstance(piece, Hole)]


def _sources(message: CompiledMessage) -> list[str]:
    """In the order of `Message.values`."""
    parts = (message.html, message.text, message.subject, message.preheader)
    return [hole.source for part in parts for hole in _holes(part)]


def _shared_headers(letterhead: Letterhead, *, campaign: str, step: str) -> dict[str, str]:
    """What every message of a mailing says, beside who wrote it."""
    sender = letterhead.sender.address
    return {
        "List-Id": f"<{_label(campaign)}.{letterhead.list_domain or sender.domain}>",
        # RFC 3834 §5: a machine wrote to many; out-of-office programs should not answer.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        # Gmail: up to three names of ours, then the sender's (5 to 15 characters).
        "Feedback-ID": f"{_label(step)}:{_label(campaign)}:press:{_label(sender.domain)[:15]}",
    }


def _standing_lines(letterhead: Letterhead, shared: Mapping[str, str]) -> bytes:
    """The header fields every message of a mailing shares, as they stand in it."""
    fields = [headers.mailbox("From", letterhead.sender)]
    if letterhead.reply_to:
        fields.append(headers.mailbox("Reply-To", letterhead.reply_to))
    return b"".join([*fields, _lines({**shared, "MIME-Version": "1.0"})])


def _lines(fields: Mapping[str, str]) -> bytes:
    lines = "".join([f"{name}: {text}\r\n" for name, text in fields.items()])
    # Only List-Unsubscribe holds two addresses; each has its line.
    return lines.replace(">, <", ">,\r\n <").encode()


def _stop_address(letterhead: Letterhead) -> str:
    """Who is written to in order to stop, when there is no page for it."""
    box = letterhead.reply_to or letterhead.sender
    address = letterhead.unsubscribe_mailto or box.address
    return quote(str(address), safe="@+")


def _label(text: str) -> str:
    """Letters, digits and hyphens (RFC 2919 §2), at most 60."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-")[:60] or "mailing"


def _printable(url: str) -> str:
    return url if _PRINTABLE.fullmatch(url) else quote(url, safe="!#$%&'()*+,/:;=?@[]~")
