"""Whether a sentence names somebody, so that a page can leave it out that anybody may read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"“”«»]+@[^\s<>()\[\],;:\"“”«»]+")
_SHORTEST_NAME = 3


class NamedPeople:
    """The names and addresses of people, to be looked for in sentences."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {
            ordered
            for name in names
            if len(folded := _folded(name)) >= _SHORTEST_NAME
            for ordered in (folded, " ".join(reversed(folded.split())))
        }

    def is_in(self, sentence: str) -> bool:
        """Return whether the sentence has an e-mail address, or one of the names.

        Every address counts, also one that nobody of these people has: a list may hold another
        way of writing it.
        """
        folded = _folded(sentence)
        return bool(_ADDRESS.search(folded)) or any(name in folded for name in self._names)

    def without(self, sentence: str) -> str:
        """Return the sentence, or nothing when it names somebody."""
        return "" if self.is_in(sentence) else sentence


def _folded(words: str) -> str:
    """Return words as they are compared: without case, and `Roy, Zoé` as `roy zoé`."""
    return " ".join(words.casefold().replace(",", " ").split())
