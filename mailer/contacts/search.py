"""Searching people by what they are called, however it is written: `é` is `e`, `œ` is `oe`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Letters that Unicode does not take apart (UAX #15), as people write them without a keyboard.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_WORD = re.compile(r"[^\W_]+")


def search_words(text: str) -> tuple[str, ...]:
    """Return the words of `text` without accents, case and punctuation."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(_WORD.findall(plain.translate(_LETTERS)))


def search_text(texts: Iterable[str]) -> str:
    """Return the words of all `texts`, to be searched for any part of a word."""
    return " ".join(word for text in texts for word in search_words(text))
