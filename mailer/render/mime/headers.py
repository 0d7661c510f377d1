"""Writes RFC 5322 header fields that no reader can misinterpret.

With the standard library's writer 67 of 514 malicious display names changed the list of
recipients. This one encodes (RFC 2047) everything that is not made of plain words, and removes
characters that no field may contain.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.render.jinja.recipient_template import CONTROLS

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address, Mailbox

LINE_LENGTH = 76
"""Longest line we write; RFC 5322 §2.1.1 allows 998 and recommends 78."""

_PLAIN_WORDS = re.compile(r"[!-~]+(?: [!-~]+)*")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_PLAIN_NAME = re.compile(rf"{_ATOM}(?: {_ATOM})*")
_DOT_ATOM = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_PLAIN_ADDRESS = re.compile(rf"{_DOT_ATOM.pattern}@[A-Za-z0-9.-]*")
_BREAKS = re.compile("[\r\n\t\v\f\u0085\u2028\u2029]+")
# 39 bytes become 52 characters of base64; with `=?utf-8?b?…?=` an encoded word has 64, and
# still fits on a line of 76 after "Reply-To: " (RFC 2047 §2).
_WORD_BYTES = 39


def unstructured(name: str, text: str) -> bytes:
    """Return a field such as Subject: any text, on one logical line. Ends with CRLF."""
    words = clean(text)
    if "=?" not in words and _PLAIN_WORDS.fullmatch(words):
        folded = _folded(name, words.split(" "))
        if folded is not None:
            return folded
    return _fold_words(f"{name}:", encoded_words(words))


def mailbox(name: str, box: Mailbox) -> bytes:
    """Return a field with exactly one mailbox: From, Reply-To, To."""
    return _fold_words(f"{name}:", [*display_name(box.name), f"<{addr_spec(box.address)}>"])


def display_name(text: str) -> list[str]:
    """Return the words before `<address>`; empty if there is no name."""
    if _is_plain(text):
        return [text]
    words = clean(text)
    return [words] if _is_plain(words) else encoded_words(words)


def addr_spec(address: Address) -> str:
    """Return `local@domain`; the local part is quoted if it is not a dot-atom (RFC 5322 §3.4.1)."""
    as_it_is = f"{address.local}@{address.domain}"
    if _PLAIN_ADDRESS.fullmatch(as_it_is):
        return as_it_is
    local = CONTROLS.sub("", _BREAKS.sub("", address.local))
    if not _DOT_ATOM.fullmatch(local) and not _is_international(local):
        escaped = local.replace("\\", "\\\\").replace('"', '\\"')
        local = f'"{escaped}"'
    domain = re.sub(r"[^\w.\-\[\]:]", "", address.domain)
    return f"{local}@{domain}"


def clean(text: str) -> str:
    """Return one line without control characters and without blanks at the ends."""
    return CONTROLS.sub("", _BREAKS.sub(" ", text)).strip(" ")


def encoded_words(text: str) -> list[str]:
    """Return RFC 2047 encoded words, each of whole characters and at most 75 columns."""
    words: list[str] = []
    chunk = b""
    for character in text:
        octets = character.encode()
        if len(chunk) + len(octets) > _WORD_BYTES:
            words.append(_encoded(chunk))
            chunk = b""
        chunk += octets
    return [*words, _encoded(chunk)] if chunk else words


def date(at: datetime) -> bytes:
    """Return `Date: Mon, 04 Dec 2017 09:30:00 +0100`, in English in every locale."""
    # The same instant in two zones is one key, and two headers.
    return _date(at.replace(microsecond=0, tzinfo=None), f"{at:%z}")


@lru_cache(maxsize=64)
def _date(at: datetime, offset: str) -> bytes:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return (
        f"Date: {days[at.weekday()]}, {at:%d} {months[at.month - 1]} {at:%Y %H:%M:%S} {offset}\r\n"
    ).encode()


def _encoded(octets: bytes) -> str:
    return f"=?utf-8?b?{b64encode(octets).decode()}?="


def _is_plain(name: str) -> bool:
    return (
        len(name) <= LINE_LENGTH - len("Reply-To: ")
        and "=?" not in name
        and _PLAIN_NAME.fullmatch(name) is not None
    )


def _is_international(local: str) -> bool:
    """Return whether the local part is a dot-atom under RFC 6531, which allows
    non-ASCII characters in atoms.
    """
    ascii_only = "".join(it if it.isascii() else "x" for it in local)
    return not local.isascii() and _DOT_ATOM.fullmatch(ascii_only) is not None


def _folded(name: str, words: list[str]) -> bytes | None:
    """Fold plain words over as many lines as needed; None if one word is too long for a line."""
    lines = [f"{name}:"]
    for word in words:
        if len(word) > LINE_LENGTH - len(name) - 2:
            return None
        if len(lines[-1]) + 1 + len(word) > LINE_LENGTH:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode() + b"\r\n"


def _fold_words(start: str, words: list[str]) -> bytes:
    """Join words that must not be cut, starting a new line when one is full."""
    lines = [start]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE_LENGTH and lines[-1] != start:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode() + b"\r\n"
