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
_TAG = re.compile(r"<[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
_TARGET = re.compile(
    r"(?i)[\s/\"'](?:\w+:)?(?:href|action|formaction|ping|cite|longdesc)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_NAMES = ("href", "action", "ping", "cite", "longdesc")
# Browsers ignore blanks and control characters around a URL, and line breaks and tabs within it
# (WHATWG URL §4.4).
_IGNORED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")


def refused_targets(html: str) -> Iterator[str]:
    """Yield once each target of a link that may not leave.

    A target that begins with a reader's value is checked when the value is filled in.
    """
    seen = set()
    for tag in _TAG.finditer(html):
        if not any(map(tag[0].lower().__contains__, _NAMES)):
            continue  # nearly all: the search below takes twenty times as long
        for found in _TARGET.finditer(tag[0]):
            target = unescape(found["double"] or found["single"] or found["bare"] or "")
            if target not in seen and not _may_leave(target):
                yield target
            seen.add(target)


def _may_leave(target: str) -> bool:
    plain = _IGNORED.sub("", target)
    if SENTINEL.match(plain):
        return True
    named = _SCHEME.match(plain)
    return named is None or named["scheme"].lower() in _ALLOWED
