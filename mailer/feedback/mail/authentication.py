"""Reads who sent a mail as its mailbox has proven it: `Authentication-Results` (RFC 8601).

The header is written by the server that takes our mail, at the top. The sender of a mail can write
the same header further down, and can put words of his own into comments, quoted strings and
encoded words of the real one, so that all of these are skipped and never decoded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.reading import Authentication

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.feedback.mail.message import Mail

_MAX_HEADERS = 50
_MAX_LENGTH = 4_000
"""A longer header proves nothing: it may have been cut within a domain."""
_SERVER = re.compile(r'\s*"?([^\s";()=]+)')
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[;=]|[^\s";=]+')
_PROVEN_DOMAIN = {
    "dmarc": ("header.from",),
    "dkim": ("header.d", "header.i"),
}
"""The methods that prove a domain, and the properties that name it. SPF is left out: it proves a
server, which may send for many domains.
"""


def authentications(mail: Mail) -> tuple[Authentication, ...]:
    """Return what each server has proven of the author; of one server only its topmost header."""
    found: dict[str, Authentication] = {}
    values = [value for name, value in mail.headers.fields if name == "authentication-results"]
    for value in values[:_MAX_HEADERS]:
        server = _SERVER.match(value)
        if server is None:
            break  # it may be anybody's, and it lies above the others
        name = server.group(1).lower()
        if name not in found:
            found[name] = Authentication(name, tuple(_passed(value)))
    return tuple(found.values())


def author(mail: Mail) -> str:
    """Return the only address in the only From header; empty when there is not exactly one.

    A mail with several leaves open which of them was proven.
    """
    values = [value for name, value in mail.headers.fields if name == "from"]
    found = addresses_in(values[0]) if len(values) == 1 else []
    decoded = addresses_in(mail.headers.get("from"))
    return found[0] if len(found) == 1 and found == decoded else ""


def _segments(value: str) -> list[list[str]]:
    """Return the words between semicolons, without comments; none if something does not end."""
    bare = _without_comments(value)
    segments: list[list[str]] = [[]]
    for word in _WORD.findall(bare or ""):
        if word == ";":
            segments.append([])
        else:
            segments[-1].append(word)
    return segments if bare is not None else [[]]


def _without_comments(value: str) -> str | None:
    """Return the value with a space for each comment (RFC 5322 §3.2.2), or None if one does not end.

    A quote means nothing within a comment, and a parenthesis nothing within a quoted string.
    """
    kept: list[str] = []
    depth, is_quoted, is_escaped = 0, False, False
    for character in value:
        if is_escaped:
            is_escaped = False
        elif character == "\\" and (depth or is_quoted):
            is_escaped = True
        elif is_quoted:
            is_quoted = character != '"'
        elif character in "()":
            depth = depth + 1 if character == "(" else max(depth - 1, 0)
            kept.append(" ")
            continue
        elif character == '"' and not depth:
            is_quoted = True
        if not depth:
            kept.append(character)
    return None if depth or is_quoted else "".join(kept)


def _passed(value: str) -> Iterator[tuple[str, str]]:
    """Yield the method and the domain of each result that is a pass for one domain.

    Nothing is proven for a domain whose DMARC result is anything else.
    """
    segments = _segments(value) if len(value) <= _MAX_LENGTH else []
    found = [each for words in segments[1:] if (each := _result(words))]
    failed = {domain for method, result, domain in found if method == "dmarc" and result != "pass"}
    for method, result, domain in found:
        if result == "pass" and domain not in failed:
            yield method, domain


def _result(words: list[str]) -> tuple[str, str, str] | None:
    """Return a method, its result and the one domain that it names, if it is of a known method."""
    pairs = _pairs(words)
    method, result = pairs[0] if words[1:2] == ["="] and pairs else ("", "")
    for name in _PROVEN_DOMAIN.get(method, ()):
        domains = {text.rpartition("@")[2].rstrip(".") for key, text in pairs if key == name}
        if len(domains) == 1:
            return method, result, domains.pop()
    return None


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    """Return the words on both sides of each equals sign, in lower case and without versions."""
    return [
        (_bare(words[at - 1]).partition("/")[0], _bare(words[at + 1]))
        for at in range(1, len(words) - 1)
        if words[at] == "="
    ]


def _bare(word: str) -> str:
    return word.strip('"').lower()
