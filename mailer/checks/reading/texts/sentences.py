"""Split prose into sentences, and find the lists that stand under one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n|[ \t]*(?:[-*•–|#]|\d{1,2}[.)][ \t]))[^\n]+)*")
_STOP = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=[ \u00a0]h)|(?<=[\d%€)»”]))[.!?]+\s+(?=[\W_]{0,3}[A-ZÀ-Þ\d])"
)
ITEM = re.compile(r"[ \t]*(?:[-*•–—▪◦·‣][ \t]*(?=[^\s*])|\d{1,2}[.)][ \t]+)")
"""Begins an item of a list."""


class SentenceInText(NamedTuple):
    """A sentence, and where it begins in its text."""

    words: str
    start: int


def sentences(text: str) -> Iterator[SentenceInText]:
    """Yield the sentences of a text in their order; an item of a list is one."""
    for paragraph in _PARAGRAPH.finditer(text):
        at = paragraph.start()
        begins = 0
        for stop in _STOP.finditer(paragraph[0]):
            yield SentenceInText(paragraph[0][begins : stop.end()].rstrip(), at + begins)
            begins = stop.end()
        yield SentenceInText(paragraph[0][begins:], at + begins)


def with_lists(text: str) -> Iterator[tuple[SentenceInText, list[SentenceInText]]]:
    """Yield each sentence that ends with a colon, and the items below it."""
    intro: SentenceInText | None = None
    items: list[SentenceInText] = []
    for sentence in (*sentences(text), SentenceInText("", len(text))):
        if intro and ITEM.match(sentence.words):
            items.append(sentence)
            continue
        is_rest = items and text.find("\n\n", items[-1].start, sentence.start) < 0
        if is_rest and sentence.words:
            continue  # a further sentence of the last item
        if intro and items:
            yield intro, items
        intro = sentence if sentence.words.rstrip(" \u00a0*_").endswith(":") else None
        items = []
