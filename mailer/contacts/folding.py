"""Reduces a text to what is compared: no accents, case or punctuation."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return `text` without accents, case and punctuation and with single spaces, to compare."""
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
    return " ".join(_WORD.findall(text.casefold()))
