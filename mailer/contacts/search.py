"""Normalises text for searching people: no accents, no case, `œ` as `oe`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.contacts.folding import without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable

# Letters that NFKD does not decompose (UAX #15), as people write them on another keyboard.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_WORD = re.compile(r"[^\W_]+")


def search_words(text: str) -> tuple[str, ...]:
    """Return the words of `text` without accents, case and punctuation."""
    return tuple(_WORD.findall(without_accents(text.casefold()).translate(_LETTERS)))


def search_text(texts: Iterable[str]) -> str:
    """Return the normalised words of all `texts` as one text, in which parts of words are found."""
    return " ".join(word for text in texts for word in search_words(text))
