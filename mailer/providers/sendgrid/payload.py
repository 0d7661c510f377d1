"""Build SendGrid requests: one message, with a personalization for each recipient.

The content is written once with a substitution tag for each hole, and each personalization holds
the values. Each tag belongs to one hole of one part, because a value is escaped for its position.
"""

from __future__ import annotations

import json
import unicodedata
from base64 import b64encode
from json.encoder import encode_basestring_ascii as _as_json
from typing import TYPE_CHECKING, Any

from mailer.model.mailings.message import Hole
from mailer.providers.sendgrid.events import DELIVERY_ARGUMENT
from mailer.render.mime.invitation import is_personal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.model.address import Mailbox
    from mailer.model.mailings.message import Embedded, Message, Pieces
    from mailer.providers.sendgrid.settings import SendGridSettings

SUBSTITUTION_BYTES = 10_000
"""For one personalization (OpenAPI description of 2026-01; a newer page says 50,000)."""
REQUEST_BYTES = 30_000_000
"""The whole request: the vendor's "30 MB in total"."""
PERSON_BYTES = SUBSTITUTION_BYTES + 4_000
"""What one person may add to a request, headers and JSON included."""

# Account defaults apply to every setting left out, so each is given (CNIL 2026-042: no tracking).
_NO_TRACKING = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": {"enable": False},
    "subscription_tracking": {"enable": False},
    "ganalytics": {"enable": False},
}
# The API joins names to addresses without quoting them: a comma makes a second recipient
# (sendgrid-python issue 291), and support names these (sendgrid-ruby issue 394).
_NEEDS_QUOTES = frozenset('(),:;<>@[]."\\')
_OPENING = b'{"personalizations": ['


class RequestTemplate:
    """The JSON of a request for one compiled message, everything but the recipients."""

    def __init__(self, message: Message, settings: SendGridSettings) -> None:
        compiled, letterhead = message.compiled, message.letterhead
        self._model = message
        suffix = f".{compiled.content_hash[:12]}-"
        self._tag_suffix = suffix
        html, text, subject = compiled.html, compiled.text, compiled.subject
        tagged = [
            _tagged(pieces, letter, suffix)
            for letter, pieces in (("h", html), ("t", text), ("s", subject))
        ]
        (html_text, html_tags), (plain_text, text_tags), (subject_text, subject_tags) = tagged
        self._tags = [*html_tags, *text_tags, *subject_tags]
        # `"tag": "value", ` has six characters beside them.
        self._value_bytes = SUBSTITUTION_BYTES - sum(len(tag) + 6 for tag in self._tags)
        self._rest: dict[str, Any] = {
            "from": _mailbox(letterhead.sender),
            "tracking_settings": _NO_TRACKING,
        }
        if letterhead.reply_to:
            self._rest["reply_to"] = _mailbox(letterhead.reply_to)
        if compiled.embedded:
            self._rest["attachments"] = [_attachment(file) for file in compiled.embedded]
        if message.categories:
            self._rest["categories"] = list(message.categories)
        if settings.sandbox:
            self._rest["mail_settings"] = {"sandbox_mode": {"enable": True}}
        self._calendar = [
            (file.media_type.partition("; charset")[0], file.content.decode())
            for file in compiled.embedded
            if is_personal(file)
        ]
        self._ending = self._after_people(subject_text, plain_text, html_text)
        self._patterns: dict[tuple[str, ...], str] = {}
        # Files are a little longer in the message than in the request: their lines end.
        self.size_bytes = max(len(self._ending), len(message.raw))
        self.room = (REQUEST_BYTES - self.size_bytes) // PERSON_BYTES
        """How many recipients fit into one request."""

    @property
    def is_too_large(self) -> bool:
        return self.room < 1

    def fits(self, message: Message) -> bool:
        """Return whether `message` is another copy of the message of this template."""
        model = self._model
        return message.compiled is model.compiled and (
            (message.letterhead, message.shared_headers, message.categories)
            == (model.letterhead, model.shared_headers, model.categories)
        )

    def takes(self, message: Message) -> bool:
        """Return whether the recipient's values may be sent as substitutions.

        They may not if they are too long, or if one contains what looks like a tag: SendGrid does
        not document whether substituted values are searched for tags again.
        """
        values = "".join(message.values)
        size_bytes = len(values) if values.isascii() else len(values.encode())
        return size_bytes <= self._value_bytes and self._tag_suffix not in values

    def request(self, messages: Sequence[Message]) -> bytes:
        """Return the request for messages that this template `takes`, or for any single one."""
        if len(messages) == 1 and not self.takes(messages[0]):
            return self._filled(messages[0])
        # Joining bytes avoids another copy of what may be a megabyte of text.
        parts = [_OPENING]
        for message in messages:
            parts += (self._person(message, self._tags), b", ")
        parts[-1] = self._ending
        return b"".join(parts)

    def _filled(self, message: Message) -> bytes:
        values, compiled = iter(message.values), message.compiled
        html, text, subject = (
            _filled(pieces, values) for pieces in (compiled.html, compiled.text, compiled.subject)
        )
        parts = (_OPENING, self._person(message, ()), self._after_people(subject, text, html))
        return b"".join(parts)

    def _after_people(self, subject: str, text: str, html: str) -> bytes:
        # SendGrid requires plain text before HTML.
        content = [("text/plain", text), ("text/html", html), *self._calendar]
        rest = {
            "subject": subject,
            "content": [{"type": kind, "value": value} for kind, value in content if value],
            **self._rest,
        }
        return b"], " + json.dumps(rest).encode().removeprefix(b"{")

    def _person(self, message: Message, tags: Sequence[str]) -> bytes:
        """Return one personalization as JSON."""
        mailbox, own = message.recipient, message.headers
        texts = [
            str(mailbox.address),
            *((_display(mailbox.name),) if mailbox.name else ()),
            message.delivery_id,
            *own.values(),
            # The last values are those of the preheader, which is in the HTML already.
            *message.values[: len(tags)],
        ]
        kind = ("named" if mailbox.name else "", "tagged" if tags else "", *own)
        if (pattern := self._patterns.get(kind)) is None:
            pattern = self._pattern(own, tags, is_named=bool(mailbox.name))
            self._patterns[kind] = pattern
        return (pattern % tuple(map(_as_json, texts))).encode()

    def _pattern(self, own: Iterable[str], tags: Iterable[str], *, is_named: bool) -> str:
        """Return the JSON of a personalization with `%s` for each text, in the order of `_person`.

        It repeats all headers, because a field here replaces the whole field of the message.
        """
        hole = "\0"
        person: dict[str, Any] = {
            "to": [{"email": hole, **({"name": hole} if is_named else {})}],
            "custom_args": {DELIVERY_ARGUMENT: hole},
            "headers": {
                **dict.fromkeys(own, hole),
                **{name: it for name, it in self._model.shared_headers.items() if name not in own},
            },
        }
        if tags:
            person["substitutions"] = dict.fromkeys(tags, hole)
        return json.dumps(person).replace("%", "%%").replace(json.dumps(hole), "%s")


def _mailbox(mailbox: Mailbox) -> dict[str, str]:
    address = {"email": str(mailbox.address)}
    return {**address, "name": mailbox.name} if mailbox.name else address


def _display(name: str) -> str:
    if _NEEDS_QUOTES.isdisjoint(name):
        return name
    inner = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


def _tagged(pieces: Pieces, letter: str, suffix: str) -> tuple[str, list[str]]:
    """Return the text with a tag in each hole, and the tags in order."""
    tags: list[str] = []
    texts = []
    for piece in pieces:
        if isinstance(piece, Hole):
            tags.append(f"-{letter}{len(tags)}{suffix}")
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
        # SendGrid garbles non-ASCII characters in file names (anymail's SendGrid page, 2026).
        "filename": _ascii_filename(file.filename),
    }
    if file.content_id:
        return {**about, "disposition": "inline", "content_id": file.content_id}
    return {**about, "disposition": "attachment"}


def _ascii_filename(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or "file"
