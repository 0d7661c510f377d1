"""Quoted-printable (RFC 2045 §6.7), arranged so that constant text is encoded only once.

A literal piece is encoded once and ends with a soft line break; so does each value. Pieces can then
be joined in any order, because each begins at the start of a line. No line begins with a dot, which
SMTP would have to find and double in every message.
"""

from __future__ import annotations

import re
from binascii import b2a_qp

SOFT_BREAK = b"=\r\n"

_PLAIN = re.compile(r"(?!\.)[ -<>-~]{0,72}")
_LONGEST = 75
# As much as fits before a soft break, which must not be inside `=C3` or before a dot.
_STRETCH = re.compile(rb".{1,%d}(?<!=)(?<!=.)(?!\.)" % _LONGEST)
_LEADING_OR_MANY = re.compile(rb"^\.|\.{40,}")


def segment(text: str) -> bytes:
    """Encode `text`, followed by a soft line break; empty for an empty text."""
    if not text:
        return b""
    lines = text.encode().split(b"\n")
    return b"\r\n".join(map(_line, lines)) + SOFT_BREAK


def value(text: str) -> bytes:
    """Encode a recipient's value like `segment`, faster for short plain text."""
    if _PLAIN.fullmatch(text):
        return text.encode() + SOFT_BREAK if text else b""
    return segment(text)


def _line(line: bytes) -> bytes:
    # b2a_qp writes soft breaks with a bare newline and before dots, so we write our own.
    encoded = b2a_qp(line, quotetabs=False, istext=True).replace(b"=\n", b"")
    if b"." in encoded:
        encoded = _LEADING_OR_MANY.sub(lambda dots: b"=2E" * len(dots[0]), encoded)
    if len(encoded) <= _LONGEST:
        return encoded
    return SOFT_BREAK.join(_STRETCH.findall(encoded))
