"""Splits a mail into a bounded, flat list of parts.

We have our own splitter because its input is hostile. The standard library's parser takes 4.5 s for
100,000 parts and raises RecursionError for 2,000 levels, and its modern header parser took 19 GB
for one long subject. This one applies limits before parsing, accepts CR, LF and CRLF, tolerates
wrong boundaries, and cannot raise.
"""

from __future__ import annotations

import binascii
import quopri
import re
from dataclasses import dataclass, field
from functools import cached_property

from mailer.feedback.mail.text import decode_text, decode_words, html_to_text


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits; content beyond them is dropped and the mail is marked as truncated."""

    size_bytes: int = 1_000_000
    parts: int = 200
    depth: int = 20
    header_chars: int = 64_000
    """For all header fields of one part together."""
    field_chars: int = 8_000
    text_chars: int = 64_000
    """For the decoded text of one part."""


class Headers:
    """Header fields of one part, in order; names in lower case, values unfolded and undecoded."""

    def __init__(self, fields: tuple[tuple[str, str], ...] = ()) -> None:
        self.fields = fields

    def get(self, name: str) -> str:
        """Return the first value, decoded (RFC 2047), or the empty string."""
        return next((decode_words(value) for key, value in self.fields if key == name), "")

    def all(self, *names: str) -> list[str]:
        """Return all values of these names, decoded, in order of appearance."""
        return [decode_words(value) for key, value in self.fields if key in names]

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.fields)

    def __bool__(self) -> bool:
        return bool(self.fields)


@dataclass(frozen=True)
class MimePart:
    """One leaf of the mail, or a returned message's headers (`media_type` message/…)."""

    media_type: str
    headers: Headers
    body: str
    """Undecoded, one character per octet (latin-1), LF line ends."""
    is_returned: bool
    """True inside a message that was returned to us."""
    limits: Limits = field(default_factory=Limits, repr=False)

    @property
    def octets(self) -> bytes:
        """The body with its transfer encoding undone."""
        return _transfer_decode(self.body, self.headers.get("content-transfer-encoding"))

    @cached_property
    def text(self) -> str:
        """Decoded text: transfer encoding and charset decoded, HTML converted to plain lines."""
        charset = parameters(self.headers.get("content-type")).get("charset", "")
        text = decode_text(self.octets, charset)[: self.limits.text_chars]
        return html_to_text(text) if self.media_type == "text/html" else text


@dataclass(frozen=True, slots=True)
class SplitMail:
    """A mail as a list of parts; `headers` are the outermost."""

    headers: Headers
    media_type: str
    parameters: dict[str, str]
    parts: tuple[MimePart, ...]
    is_truncated: bool


def split(raw: bytes, limits: Limits) -> SplitMail:
    """Return the parts of `raw` in order of appearance."""
    text = raw[: limits.size_bytes].decode("latin-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip(_BEFORE_HEADER)
    if text.startswith("From "):  # an mbox separator, not a header
        text = text.partition("\n")[2]
    splitter = _Splitter(limits)
    headers, body = splitter.headers_and_body(text)
    return splitter.split(headers, body, is_truncated=len(raw) > limits.size_bytes)


def split_part(part: MimePart) -> SplitMail:
    """Return a mail that is attached to another as a mail of its own."""
    return _Splitter(part.limits).split(part.headers, part.body)


def split_text(headers: Headers, text: str, limits: Limits) -> SplitMail:
    """Return a mail that another one quotes: its header as read there, and its decoded text."""
    part = MimePart(
        "text/plain", Headers(), text.encode(errors="replace").decode("latin-1"), False, limits
    )
    return SplitMail(headers, "text/plain", {}, (part,), is_truncated=False)


# A byte order mark, and the blank lines with which saved files begin ("show original").
_BEFORE_HEADER = "\xef\xbb\xbf \t\n"


class _Splitter:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts: list[MimePart] = []
        self.is_truncated = False

    def split(self, headers: Headers, body: str, *, is_truncated: bool = False) -> SplitMail:
        media_type, params = content_type(headers)
        self.walk(headers, body, depth=0, is_returned=False)
        parts = tuple(self.parts)
        return SplitMail(headers, media_type, params, parts, self.is_truncated or is_truncated)

    def walk(self, headers: Headers, body: str, *, depth: int, is_returned: bool) -> None:
        if len(self.parts) >= self.limits.parts or depth > self.limits.depth:
            self.is_truncated = True
            return
        media_type, params = content_type(headers)
        boundary = params.get("boundary", "")
        parts = body_parts(body, boundary, self.limits.parts)
        if media_type.startswith("multipart/") and not parts:
            parts = body_parts(body, _guess_boundary(body), self.limits.parts)
        if media_type.startswith("multipart/") and parts:
            for part in parts:
                inner, rest = self.headers_and_body(part)
                self.walk(inner, rest, depth=depth + 1, is_returned=is_returned)
        elif media_type in _MESSAGES:
            self._message(media_type, headers, body, depth=depth)
        else:
            kind = "text/plain" if media_type.startswith("multipart/") else media_type
            self._leaf(kind, headers, body, is_returned=is_returned)

    def _message(self, media_type: str, headers: Headers, body: str, *, depth: int) -> None:
        encoding = headers.get("content-transfer-encoding")
        text = _transfer_decode(body, encoding).decode("latin-1").replace("\r\n", "\n")
        inner, rest = self.headers_and_body(text.lstrip("\n"))
        self._leaf(media_type, inner, rest, is_returned=True)
        if media_type in {"message/rfc822", "message/global"}:
            self.walk(inner, rest, depth=depth + 1, is_returned=True)

    def _leaf(self, media_type: str, headers: Headers, body: str, *, is_returned: bool) -> None:
        if len(self.parts) < self.limits.parts:
            self.parts.append(MimePart(media_type, headers, body, is_returned, self.limits))
        else:
            self.is_truncated = True

    def headers_and_body(self, text: str) -> tuple[Headers, str]:
        """Split at the end of the header: the first line that is neither a
        field nor a continuation.
        """
        if text.startswith("\n"):
            return Headers(), text[1:]
        fields: list[tuple[str, str]] = []
        position = 0
        while position < len(text):
            end = text.find("\n", position)
            end = len(text) if end < 0 else end
            line = text[position : min(end, position + self.limits.field_chars)]
            if not line.strip():
                position = end + 1
                break
            if line[0] in " \t" and fields:
                name, value = fields[-1]
                if len(value) < self.limits.field_chars:
                    fields[-1] = (name, f"{value} {line.strip()}")
            elif field_name := _field_name(line):
                fields.append((field_name, line.partition(":")[2].strip()))
            elif position and fields:
                break  # the blank line after the header is missing
            else:
                return Headers(), text
            position = end + 1
            if position > self.limits.header_chars:
                self.is_truncated = True
                position = _after_blank_line(text, position)
                break
        return Headers(tuple(fields)), text[position:]


_MESSAGES = {
    "message/rfc822",
    "message/global",
    "message/global-headers",
    "text/rfc822-headers",
    "text/rfc822-header",
    "message/rfc822-headers",
}
_FIELD = re.compile(r"[!-9;-~]{1,76}+[ \t]{0,4}:")
_PARAMETER = re.compile(r';\s*+([\w*.!-]{1,40})\s*+=\s*+(?:"((?>(?:[^"\\]|\\.)*))"|([^;\s]*+))')


def _after_blank_line(text: str, position: int) -> int:
    blank = text.find("\n\n", position)
    return len(text) if blank < 0 else blank + 2


def _field_name(line: str) -> str:
    match = _FIELD.match(line)
    return match.group()[:-1].strip().lower() if match else ""


def content_type(headers: Headers) -> tuple[str, dict[str, str]]:
    """Return the media type in lower case (text/plain if unstated, RFC 2045
    §5.2) and the parameters.
    """
    value = headers.get("content-type")
    media_type = value.partition(";")[0].strip().lower()
    return media_type if "/" in media_type else "text/plain", parameters(value)


def parameters(value: str) -> dict[str, str]:
    """Return the parameters of a structured field; the first of a name wins."""
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(value):
        name, quoted, bare = match.groups()
        found.setdefault(name.lower(), quoted if quoted is not None else bare.strip('"'))
    return found


def _guess_boundary(body: str) -> str:
    """Guess the boundary of a multipart without the parameter: its first line
    starting with two dashes.
    """
    match = re.search(r"(?m)^--([^\s-][^\n]{0,69}|-[^\n]{1,68})$", body[:4000])
    return match.group(1).rstrip() if match else ""


def body_parts(body: str, boundary: str, max_parts: int) -> list[str]:
    """Return the body parts between delimiter lines (RFC 2046 §5.1.1), without
    preamble and epilogue.
    """
    if not boundary:
        return []
    marker = f"\n--{boundary}"
    text = f"\n{body}"
    parts: list[str] = []
    start = -1
    position = text.find(marker)
    while position >= 0 and len(parts) <= max_parts:
        line_end = text.find("\n", position + 1)
        line_end = len(text) if line_end < 0 else line_end
        rest = text[position + len(marker) : line_end].strip()
        if rest in {"", "--"}:
            if start >= 0:
                parts.append(text[start:position])
            start = -1 if rest else line_end + 1
        if rest == "--":
            break
        position = text.find(marker, line_end)
    if start >= 0:  # the closing delimiter never came
        parts.append(text[start:])
    return parts


def _transfer_decode(body: str, encoding: str) -> bytes:
    """Undo the Content-Transfer-Encoding as far as possible; broken encoding is left as it is."""
    octets = body.encode("latin-1", "replace")
    kind = encoding.strip().lower()
    if kind == "quoted-printable":
        return quopri.decodestring(octets)
    if kind == "base64":
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", octets)
        try:
            return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
        except binascii.Error:  # one stray character at the end
            return binascii.a2b_base64(clean[: len(clean) // 4 * 4])
    return octets
