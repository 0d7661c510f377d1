"""Show in a mail's HTML where a line of its text has become words, and which words are a partner's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.html
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

ANCHOR = "remarque"
"""The id of the marked element, so that an address can lead to it."""
_STYLE = "outline: 3px solid #b35900; outline-offset: 2px; scroll-margin: 5rem"
_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[^{}]*\}$")
_PICTURE_OR_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^\s*(?:[#>\-+*:]+|\d+[.)])\s+|[*_`~\\]|:{3,}\S*|\s+")
_LEAST = 3
"""How many signs a piece has at least: fewer stand anywhere."""
_SENTENCE = 40
"""From how many signs on a piece is found within other words."""


def with_mark(html: str, line: str) -> str:
    """Return the HTML with an outline around the words of a Markdown line.

    What is filled in for each reader is passed over: the longest piece that stands as it was
    written is looked for. Without such a piece, or where it stands nowhere, the HTML is returned
    as it is.
    """
    piece = max(_pieces(line), key=len)
    page = lxml.html.document_fromstring(html)
    if len(piece) < _LEAST or not _has(page.body, piece):
        return html
    found = _innermost(page.body, piece)
    found.set("id", ANCHOR)
    return _outlined(page, [found])


def with_passages_marked(html: str, pieces: Iterable[str]) -> str:
    """Return the HTML with an outline around each of these words, every time that they stand there.

    Words that do not stand in it, such as the address of a link, are passed over.
    """
    page = lxml.html.document_fromstring(html)
    found = {
        element: None
        for words in {max(_pieces(piece), key=len) for piece in pieces}
        if len(words) >= _LEAST
        for element in _all_innermost(page.body, words)
        # A few words stand in many sentences, and are a passage where they stand alone.
        if len(words) >= _SENTENCE or _squeezed(element.text_content()) == words
    }
    return _outlined(page, found) if found else html


def _all_innermost(element: HtmlElement, piece: str) -> Iterator[HtmlElement]:
    """Yield the smallest elements in which the whole piece stands."""
    if not _has(element, piece):
        return
    inner = [
        each for it in element.iterchildren(tag=etree.Element) for each in _all_innermost(it, piece)
    ]
    yield from inner or [element]


def _outlined(page: HtmlElement, elements: Iterable[HtmlElement]) -> str:
    for each in elements:
        each.set("style", f"{each.get('style', '').rstrip('; ')}; {_STYLE}".lstrip("; "))
    written: str = lxml.html.tostring(page, encoding="unicode", doctype="<!doctype html>")
    return written


def _pieces(line: str) -> Iterator[str]:
    """Yield what of a line is written as it stands, without blanks and marks."""
    for piece in _FILLED_IN.split(line):
        yield _squeezed(_MARKS.sub("", _PICTURE_OR_LINK.sub(r"\1", piece)))


def _squeezed(text: str) -> str:
    """Return a text without what typography changes: blanks, apostrophes, quotation marks."""
    return re.sub(r"[\s\u200b\u2060\u00ad'’\"“”«»…–—.-]+", "", text)


def _has(element: HtmlElement, piece: str) -> bool:
    return piece in _squeezed(element.text_content())


def _innermost(element: HtmlElement, piece: str) -> HtmlElement:
    """Return the first of the smallest elements in which the whole piece stands."""
    for inner in element.iterchildren(tag=etree.Element):
        if _has(inner, piece):
            return _innermost(inner, piece)
    return element
