"""A message in SendGrid's dialect: one request, one personalization for each person.

The content is written once with a tag for each hole, and each person brings the values. A tag
belongs to one hole of one part, for a value is escaped for the place where it stands.
"""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from mailer.model.message import Hole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mailer.backends.sendgrid.settings import SendGridSettings
    from mailer.model.address import Mailbox
    from mailer.model.message import Embedded, Message, Pieces

DELIVERY_ARGUMENT = "mailer_delivery"
"""The custom argument in which our delivery id travels; `feedback.sendgrid` reads it. Opaque, for
SendGrid never erases custom arguments."""

SUBSTITUTION_BYTES = 10_000
"""For one personalization (OpenAPI description of 2026-01; a newer page says 50,000)."""
REQUEST_BYTES = 30_000_000
"""The whole request: the vendor's "30 MB in total"."""
PERSON_BYTES = SUBSTITUTION_BYTES + 4_000
"""What one person may add to a request, headers and JSON included."""

# Account-level defaults apply to what is left out, so each is said (CNIL 2026-042: no tracking).
_NO_TRACKING = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": {"enable": False},
    "subscription_tracking": {"enable": False},
    "ganalytics": {"enable": False},
}
# The API joins names to addresses without quoting them: a comma makes a second recipient
# (sendgrid-python issue 291), and support names these (sendgrid-ruby issue 394).
_NEEDS_QUOTES = frozenset('(),:;<>@[]."\\')


class Form:
    """One compiled message as a request: everything but the people."""

    def __init__(self, message: Message, settings: SendGridSettings) -> None:
        compiled, letterhead = message.compiled, message.letterhead
        self._of = message
        mark = f".{compiled.content_hash[:12]}-"
        self._mark = mark
        html, text, subject = compiled.html, compiled.text, compiled.subject
        tagged = [
            _tagged(pieces, letter, mark)
            for letter, pieces in (("h", html), ("t", text), ("s", subject))
        ]
        (self._html, html_tags), (self._text, text_tags), (self._subject, subject_tags) = tagged
        self._tags = [*html_tags, *text_tags, *subject_tags]
        self._tag_bytes = sum(map(len, self._tags))
        self._rest: dict[str, Any] = {
            "from": _mailbox(letterhead.sender),
            "tracking_settings": _NO_TRACKING,
        }
        if letterhead.reply_to:
            self._rest["reply_to"] = _mailbox(letterhead.reply_to)
        if compiled.embedded:
            self._rest["attachments"] = [_attachment(file) for file in compiled.embedded]
        if settings.sandbox:
            self._rest["mail_settings"] = {"sandbox_mode": {"enable": True}}
        # Six bytes for a letter beyond ASCII is the most that JSON makes of it.
        texts = len(self._html) + len(self._text) + len(self._subject)
        self.size_bytes = 6 * texts + sum(
            len(file["content"]) for file in self._rest.get("attachments", ())
        )

    def fits(self, message: Message) -> bool:
        """Whether `message` is another copy of this one."""
        of = self._of
        return message.compiled is of.compiled and (
            (message.letterhead, message.shared_headers) == (of.letterhead, of.shared_headers)
        )

    def takes(self, message: Message) -> bool:
        """Whether that person's values may travel as substitutions.

        Not when they are too long, nor when one holds what looks like a tag: nobody has
        documented that values are not searched again.
        """
        values = "".join(message.values)
        size_bytes = len(values) if values.isascii() else len(values.encode())
        # `"tag": "value", ` has six characters beside them.
        limit = SUBSTITUTION_BYTES - self._tag_bytes - 6 * len(self._tags)
        return size_bytes <= limit and self._mark not in values

    def request(self, messages: Sequence[Message]) -> dict[str, Any]:
        """For people whom it `takes`, or for one person, whoever that is."""
        if len(messages) == 1 and not self.takes(messages[0]):
            return self._filled(messages[0])
        people = []
        for message in messages:
            person = _person(message)
            if self._tags:
                # The last values are the preheader's, which stands in the HTML already.
                person["substitutions"] = dict(zip(self._tags, message.values, strict=False))
            people.append(person)
        return self._request(people, self._subject, self._text, self._html)

    def _filled(self, message: Message) -> dict[str, Any]:
        values, compiled = iter(message.values), message.compiled
        html, text, subject = (
            _filled(pieces, values) for pieces in (compiled.html, compiled.text, compiled.subject)
        )
        return self._request([_person(message)], subject, text, html)

    def _request(
        self, people: Sequence[dict[str, Any]], subject: str, text: str, html: str
    ) -> dict[str, Any]:
        # Plain text first: the order is prescribed.
        content = [("text/plain", text), ("text/html", html)]
        return {
            "personalizations": people,
            "subject": subject,
            "content": [{"type": kind, "value": value} for kind, value in content if value],
            **self._rest,
        }


def _person(message: Message) -> dict[str, Any]:
    """All headers stand here: a field of a personalization replaces the message's whole field."""
    headers: Mapping[str, str] = {**message.shared_headers, **message.headers}
    return {
        "to": [_mailbox(message.recipient, quoted=True)],
        "headers": headers,
        "custom_args": {DELIVERY_ARGUMENT: message.delivery_id},
    }


def _mailbox(mailbox: Mailbox, *, quoted: bool = False) -> dict[str, str]:
    address = {"email": str(mailbox.address)}
    if not mailbox.name:
        return address
    if quoted and not _NEEDS_QUOTES.isdisjoint(mailbox.name):
        inner = mailbox.name.replace("\\", "\\\\").replace('"', '\\"')
        return {**address, "name": f'"{inner}"'}
    return {**address, "name": mailbox.name}


def _tagged(pieces: Pieces, letter: str, mark: str) -> tuple[str, list[str]]:
    """The text with a tag in each hole, and the tags in order."""
    tags: list[str] = []
    texts = []
    for piece in pieces:
        if isinstance(piece, Hole):
            tags.append(f"-{letter}{len(tags)}{mark}")
            texts.append(tags[-1])
        else:
            texts.append(piece)
    return "".join(texts), tags


def _filled(pieces: Pieces, values: Iterable[str]) -> str:
    rest = iter(values)
    return "".join(next(rest) if isinstance(piece, Hole) else piece for piece in pieces)


def _attachment(file: Embedded) -> dict[str, str]:
    about = {
        "content": b64encode(file.content).decode(),
        "type": file.media_type,
        # SendGrid garbles other letters in names of files (anymail's SendGrid page, 2026).
        "filename": _in_ascii(file.filename),
    }
    if file.content_id:
        return {**about, "disposition": "inline", "content_id": file.content_id}
    return {**about, "disposition": "attachment"}


def _in_ascii(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or "file"
