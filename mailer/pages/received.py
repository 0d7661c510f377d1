"""A message as its reader's program sees it: read back from the very bytes that would leave."""

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

_FILLERS = re.compile("[\u00ad\u034f\u200b\u200c\u200d\u2007\ufeff]")
_SNIPPET = 140
"""Characters of the text that an inbox shows behind the subject, at the most."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that comes with the message."""

    filename: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Received:
    """Subject, sender and parts, decoded. `images` are data URIs by content id."""

    sender: str
    subject: str
    headers: tuple[tuple[str, str], ...]
    html: str
    text: str
    images: dict[str, str]
    attachments: tuple[Attached, ...]
    size_bytes: int

    @property
    def snippet(self) -> str:
        """What an inbox shows after the subject: the first words of the HTML, hidden or not."""
        return first_words(self.html) or first_words(self.text)

    def shown(self, *, policy: str) -> str:
        """The HTML as a page of its own that may do no more than `policy` says.

        Two things differ from the bytes that leave: our policy and the target of links,
        added at the start of the head, and images that travel inside, pointed at by content.
        """
        guard = (
            f'<meta http-equiv="Content-Security-Policy" content="{policy}"><base target="_blank">'
        )
        html = re.sub(r"cid:([^\"'\s)>]+)", self._image, self.html)
        head = re.search(r"<head\b[^>]*>", html, re.IGNORECASE)
        at = head.end() if head else 0
        return f"{html[:at]}{guard}{html[at:]}"

    def _image(self, found: re.Match[str]) -> str:
        return self.images.get(found[1], found[0])


def read_back(raw: bytes) -> Received:
    """Reads a message with the standard library's older policy, which does not second-guess."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    html, text = "", ""
    images: dict[str, str] = {}
    attachments: list[Attached] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        kind, content_id = part.get_content_type(), part.get("Content-ID", "").strip("<>")
        if content_id:
            images[content_id] = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        elif part.get_filename() or kind not in {"text/html", "text/plain"}:
            attachments.append(Attached(_words(part.get_filename("")), kind, len(content)))
        elif kind == "text/html":
            html = _decoded(part, content)
        else:
            text = _decoded(part, content)
    name, address = parseaddr(_words(message.get("From", "")))
    return Received(
        sender=name or address,
        subject=_words(message.get("Subject", "")),
        headers=tuple((name, _words(value)) for name, value in message.items()),
        html=html,
        text=text.replace("\r\n", "\n"),
        images=images,
        attachments=tuple(attachments),
        size_bytes=len(raw),
    )


def _decoded(part: Part, content: bytes) -> str:
    return content.decode(part.get_content_charset("utf-8"), errors="replace")


def _words(header: str) -> str:
    """A header unfolded, its encoded words decoded (RFC 2047)."""
    return str(make_header(decode_header(re.sub(r"\r?\n[ \t]", " ", header))))


def first_words(html: str) -> str:
    """The first words that stand in `html`, without the invisible ones used as padding."""
    reader = _FirstWords()
    reader.feed(html)
    words = " ".join(_FILLERS.sub("", "".join(reader.found)).split())
    return words if len(words) <= _SNIPPET else f"{words[:_SNIPPET].rstrip()}…"


class _FirstWords(HTMLParser):
    """Gathers text outside the head, styles and comments; stops listening once it has enough."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._deaf = 0
        self._length = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._deaf += tag in {"head", "style", "script", "title"}
        self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._deaf -= tag in {"head", "style", "script", "title"}

    def handle_data(self, data: str) -> None:
        if not self._deaf and self._length < 4 * _SNIPPET:
            self.found.append(data)
            self._length += len(data.strip())
