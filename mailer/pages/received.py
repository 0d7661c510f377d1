"""Parses the exact bytes of a message, to show it as a mail program does."""

from __future__ import annotations

import base64
import email
import email.policy
import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.utils import parseaddr
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message as Part

_INVISIBLE = re.compile("[\u00ad\u034f\u200b\u200c\u200d\u2007\ufeff]")
_IMAGE_SOURCE = re.compile(r"""(<img\b[^>]*?\bsrc=")[^"]*""", re.IGNORECASE)
_SNIPPET_LENGTH = 140
"""Maximum number of characters of the text that an inbox shows after the subject."""


@dataclass(frozen=True, slots=True)
class ReceivedAttachment:
    """A file attached to the message."""

    filename: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """Decoded subject, sender and parts. `images` are data URIs by content id."""

    sender: str
    subject: str
    headers: tuple[tuple[str, str], ...]
    html: str
    text: str
    images: dict[str, str]
    attachments: tuple[ReceivedAttachment, ...]
    size_bytes: int

    @property
    def snippet(self) -> str:
        """The text an inbox shows after the subject: the first words of the HTML, hidden or not."""
        return first_words(self.html) or first_words(self.text)

    def shown(self, *, policy: str) -> str:
        """Return the HTML as a page restricted by the Content-Security-Policy `policy`.

        It differs from the sent bytes in two ways: our policy and the target of links are added at
        the start of the head, and embedded images are referenced by their content.
        """
        guard = (
            f'<meta http-equiv="Content-Security-Policy" content="{policy}"><base target="_blank">'
        )
        html = self.html_with_images()
        head = re.search(r"<head\b[^>]*>", html, re.IGNORECASE)
        at = head.end() if head else 0
        return f"{html[:at]}{guard}{html[at:]}"

    def shown_without_images(self, *, policy: str) -> str:
        """Return the page as `shown` does, with pictures that have no source: a program that does
        not load them. A browser would tell each one that only the policy stops.
        """
        html = self.shown(policy=policy)
        for image in sorted(self.images.values(), key=len, reverse=True):
            html = html.replace(image, "")
        return _IMAGE_SOURCE.sub(r"\1", html)

    def html_with_images(self) -> str:
        """Return the HTML with embedded images referenced by their content."""
        return re.sub(r"cid:([^\"'\s)>]+)", self._image, self.html)

    def _image(self, found: re.Match[str]) -> str:
        return self.images.get(found[1], found[0])


def read_back(raw: bytes) -> ReceivedMessage:
    """Parse a message with the standard library's compat32 policy, which does
    not reinterpret headers.
    """
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    html, text = "", ""
    images: dict[str, str] = {}
    attachments: list[ReceivedAttachment] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        kind, content_id = part.get_content_type(), part.get("Content-ID", "").strip("<>")
        if content_id:
            images[content_id] = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        elif part.get_filename() or kind not in {"text/html", "text/plain"}:
            attachments.append(
                ReceivedAttachment(_decoded_header(part.get_filename("")), kind, len(content))
            )
        elif kind == "text/html":
            html = _decoded_text(part, content)
        else:
            text = _decoded_text(part, content)
    name, address = parseaddr(_decoded_header(message.get("From", "")))
    return ReceivedMessage(
        sender=name or address,
        subject=_decoded_header(message.get("Subject", "")),
        headers=tuple((name, _decoded_header(value)) for name, value in message.items()),
        html=html,
        text=text.replace("\r\n", "\n"),
        images=images,
        attachments=tuple(attachments),
        size_bytes=len(raw),
    )


def in_scheme(html: str, *, is_dark: bool, is_printed: bool = False) -> str:
    """Return the HTML as it is shown in the light, in the dark or on paper, whatever the browser
    is set to.

    A page cannot ask a frame for another scheme than its own, so the media queries of the mail are
    answered in its text.
    """
    html = _DARK_QUERY.sub("@media all" if is_dark else "@media not all", html)
    return html.replace("@media print", "@media all") if is_printed else html


_DARK_QUERY = re.compile(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)")


def _decoded_text(part: Part, content: bytes) -> str:
    return content.decode(part.get_content_charset("utf-8"), errors="replace")


def _decoded_header(header: str) -> str:
    """Unfold a header and decode its encoded words (RFC 2047)."""
    return str(make_header(decode_header(re.sub(r"\r?\n[ \t]", " ", header))))


def first_words(html: str) -> str:
    """Return the first words of `html`, without the invisible characters used as padding."""
    reader = _FirstWords()
    reader.feed(html)
    words = " ".join(_INVISIBLE.sub("", "".join(reader.found)).split())
    return words if len(words) <= _SNIPPET_LENGTH else f"{words[:_SNIPPET_LENGTH].rstrip()}…"


_WITHIN_WORDS = frozenset({"a", "b", "em", "i", "span", "strong", "sub", "sup", "wbr"})
"""Tags that part no words: what a line may not break stands in one, `d’<span>Île-de-France</span>`."""


class _FirstWords(HTMLParser):
    """Collects text outside the head, styles and comments, until it has enough."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skipped_depth = 0
        self._length = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._skipped_depth += tag in {"head", "style", "script", "title"}
        if tag not in _WITHIN_WORDS:
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._skipped_depth -= tag in {"head", "style", "script", "title"}

    def handle_data(self, data: str) -> None:
        if not self._skipped_depth and self._length < 4 * _SNIPPET_LENGTH:
            self.found.append(data)
            self._length += len(data.strip())
