"""Compares the links of the HTML and plain-text versions of a message."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mailer.model.mailings.message import Hole

if TYPE_CHECKING:
    from mailer.model.mailings.message import CompiledMessage, Pieces

_HREF = re.compile(r"<a\s[^>]*?\bhref=[\"']([^\"']*)[\"']", re.IGNORECASE)
_EXPRESSION = re.compile(r"recipient\.\w+")


def html_only_links(message: CompiledMessage) -> tuple[str, ...]:
    """Return the URLs that the HTML links to and the plain text does not show, in order.

    A mail address is compared without a preset subject. Telephone links are ignored, because both
    versions show the number.
    """
    text = _shown(message.text)
    links = dict.fromkeys(_plain(href) for href in _HREF.findall(_shown(message.html)))
    return tuple(link for link in links if link and link not in text)


def _plain(href: str) -> str:
    href = unescape(href)
    if href.startswith("mailto:"):
        return unquote(href.removeprefix("mailto:").partition("?")[0]).replace(",", ", ")
    return "" if href.startswith(("tel:", "#")) else href


def _shown(pieces: Pieces) -> str:
    """Return the text, and for each hole the recipient fields it shows."""
    return "".join(
        f"{{{','.join(_EXPRESSION.findall(it.source))}}}" if isinstance(it, Hole) else it
        for it in pieces
    )
