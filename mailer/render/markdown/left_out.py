"""Quotes what of a document is not in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_WORDS = 200
"""How many signs are quoted of each thing that is left out."""


def quoted(pieces: Iterable[str]) -> str:
    """Return the words of what is left out, each once, shortened."""
    every = dict.fromkeys(" ".join(piece.split()) for piece in pieces)
    text = " / ".join(filter(None, every))
    return text if len(text) <= _MOST_WORDS else f"{text[: _MOST_WORDS - 1]}…"
