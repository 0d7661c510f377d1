"""RFC 5322 header fields, written so that no reader can take them for anything else.

The standard library's writer let 67 of 514 naughty display names change the list of
recipients; ours encodes (RFC 2047) whatever is not made of plain words, and refuses what
no field may hold.
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

LINE = 76
"""Longest line we write; RFC 5322 §2.1.1 allows 998 and advises 78."""

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
    """A field such as Subject: any text, on one logical line. Ends with CRLF."""
    words = clean(text)
    if "=?" not in words and _PLAIN_WORDS.fullmatch(words):
        folded = _folded(name, words.split(" "))
        if folded is not None:
            return folded
    return _line(f"{name}:", encoded_words(words))


def mailbox(name: str, box: Mailbox) -> bytes:
    """A field with exactly one mailbox: From, Reply-To, To."""
    return _line(f"{name}:", [*display_name(box.name), f"<{addr_spec(box.address)}>"])


def display_name(text: str) -> list[str]:
    """The words before `<address>`; none when there is no name."""
    if _is_plain(text):
        return [text]
    words = clean(text)
    return [words] if _is_plain(words) else encoded_words(words)


def addr_spec(address: Address) -> str:
    """`local@domain`; the local part is quoted when it is not a dot-atom (RFC 5322 §3.4.1)."""
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
    """One line without control characters; blanks at the ends go, since no header keeps them."""
    return CONTROLS.sub("", _BREAKS.sub(" ", text)).strip(" ")


def encoded_words(text: str) -> list[str]:
    """RFC 2047 encoded words, each a whole number of characters and of at most 75 columns."""
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
    """`Date: Mon, 04 Dec 2017 09:30:00 +0100` in English, whatever the machine speaks."""
    return _date(at.replace(microsecond=0))


@lru_cache(maxsize=64)
def _date(at: datetime) -> bytes:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return (
        f"Date: {days[at.weekday()]}, {at:%d} {months[at.month - 1]} {at:%Y %H:%M:%S %z}\r\n"
    ).encode()


def _encoded(octets: bytes) -> str:
    return f"=?utf-8?b?{b64encode(octets).decode()}?="


def _is_plain(name: str) -> bool:
    return (
        len(name) <= LINE - len("Reply-To: ")
        and "=?" not in name
        and _PLAIN_NAME.fullmatch(name) is not None
    )


def _is_international(local: str) -> bool:
    """RFC 6531 lets any non-ASCII character stand in an atom."""
    ascii_only = "".join(it if it.isascii() else "x" for it in local)
    return not local.isascii() and _DOT_ATOM.fullmatch(ascii_only) is not None


def _folded(name: str, words: list[str]) -> bytes | None:
    """Plain words over as many lines as they need; None when one is too long for a line."""
    lines = [f"{name}:"]
    for word in words:
        if len(word) > LINE - len(name) - 2:
            return None
        if len(lines[-1]) + 1 + len(word) > LINE:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode() + b"\r\n"


def _line(start: str, words: list[str]) -> bytes:
    """Words that must not be cut, each on a new line when the last one is full."""
    lines = [start]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE and lines[-1] != start:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode() + b"\r\n"
