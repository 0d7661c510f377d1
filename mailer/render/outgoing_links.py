"""Which links may leave: those to web pages, mail addresses and phone numbers, and no others.

The finished HTML is read, so that it does not matter where a link comes from: a text, a table of
`campaign.toml`, a translation of it, the configuration, or a template of the office.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from mailer.render.jinja.escape_context import SENTINEL

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALLOWED = frozenset({"http", "https", "mailto", "tel"})
# Tags in conditional comments count as well: Outlook reads them.
_TAG = re.compile(rb"<[a-z](?>(?:[^>\"']++|\"[^\"]*\"|'[^']*')*)>")
_TARGET = re.compile(
    r"(?i)[\s/\"'](?:\w+:)?(?:href|action|formaction|ping|cite|longdesc)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_NAMES = (b"href", b"action", b"ping", b"cite", b"longdesc")
# Browsers ignore blanks and control characters around a URL, and line breaks and tabs within it
# (WHATWG URL §4.4).
_IGNORED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")


def refused_targets(html: str) -> Iterator[str]:
    """Yield once each target of a link that may not leave.

    A target that begins with a reader's value is checked when the value is filled in.
    """
    seen = set()
    octets = html.encode(errors="surrogatepass")
    for start, end in _tags_with_targets(octets.lower()):
        for found in _TARGET.finditer(octets[start:end].decode(errors="surrogatepass")):
            target = unescape(found["double"] or found["single"] or found["bare"] or "")
            if target not in seen and not _may_leave(target):
                yield target
            seen.add(target)


def _tags_with_targets(page: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the tags are, in small letters, that may have an attribute with a target.

    Nearly all have none, and the search for one takes twenty times as long.
    """
    places = iter(sorted(it.start() for name in _NAMES for it in re.finditer(name, page)))
    place = next(places, len(page))
    for tag in _TAG.finditer(page):
        while place < tag.start():
            place = next(places, len(page))
        if place < tag.end():
            yield tag.span()


def _may_leave(target: str) -> bool:
    plain = _IGNORED.sub("", target)
    if SENTINEL.match(plain):
        return True
    named = _SCHEME.match(plain)
    return named is None or named["scheme"].lower() in _ALLOWED
