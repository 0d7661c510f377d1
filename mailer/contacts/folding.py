"""Reduces a text to what is compared: no accents, case or punctuation."""

from __future__ import annotations

import re
import unicodedata


class _WithoutAccents(dict[int, int | None]):
    """A table for `str.translate` that removes combining characters, filled as they occur."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_ACCENTS = _WithoutAccents()
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return `text` without accents, case and punctuation and with single spaces, to compare."""
    return " ".join(_WORD.findall(without_accents(text).casefold()))


def without_accents(text: str) -> str:
    """Return `text` decomposed (NFKD), without its combining characters."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKD", text).translate(_WITHOUT_ACCENTS)
