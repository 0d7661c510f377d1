"""Compares a text that somebody pasted with what was published."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FEWEST_WORDS = 8
"""Fewer words are said by everybody."""
MOST_WORDS = 6_000
"""A long press kit; comparing takes the square of the words."""
_MOST_PASSAGES = 12
_RUN = 4
"""Words in a row by which a text is recognised."""
_LEAST_SHARED = 0.3
"""Of the runs of the pasted text that the published one must have."""


@dataclass(frozen=True, slots=True)
class DifferingPassage:
    """Words of the published text, and what the pasted one has in their place; either may be empty."""

    published: str
    pasted: str


@dataclass(frozen=True, slots=True)
class TextComparison:
    """The published text that a pasted one is of. Without `passages` it has the same words, all of
    them or a part; `more` passages differ than are given.
    """

    code: str
    passages: tuple[DifferingPassage, ...] = ()
    more: int = 0


def compare(pasted: str, published: Iterable[tuple[str, str]]) -> TextComparison | None:
    """Return which of the published texts, given with their codes, a pasted one is, and where it
    differs; None for one that is none of them. Of several that fit as well, the first counts.
    """
    words = _words(pasted)[:MOST_WORDS]
    runs = _runs(words)
    best, most = None, _LEAST_SHARED
    for code, text in published:
        theirs = _words(text)
        shared = len(runs & _runs(theirs)) / len(runs) if runs else 0.0
        if shared > most or (best is None and shared == most):
            best, most = (code, theirs), shared
    if best is None:
        return None
    passages = [*_passages(best[1], words)]
    return TextComparison(
        best[0],
        tuple(islice(passages, _MOST_PASSAGES)),
        max(0, len(passages) - _MOST_PASSAGES),
    )


def is_long_enough(pasted: str) -> bool:
    """Return whether a text has enough words to be told from others."""
    return len(_words(pasted)) >= FEWEST_WORDS


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is written, and as it is compared."""

    written: str
    compared: str


def _words(text: str) -> list[_Word]:
    """Return the words: neither line ends nor spaces nor quotation marks make a difference."""
    found = (_Word(each, _compared(each)) for each in text.split())
    return [each for each in found if each.compared]


def _compared(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    return "".join(sign for sign in plain if sign.isalnum() or sign in "'%€$£+@").strip("'")


def _runs(words: Sequence[_Word]) -> frozenset[tuple[str, ...]]:
    compared = [each.compared for each in words]
    return frozenset(
        tuple(compared[at : at + _RUN]) for at in range(max(0, len(compared) - _RUN + 1))
    )


def _passages(published: Sequence[_Word], pasted: Sequence[_Word]) -> Iterator[DifferingPassage]:
    """Yield what differs. What the published text has before and after the pasted one is no
    difference: somebody may have a part of it.
    """
    matcher = SequenceMatcher(
        None,
        [each.compared for each in published],
        [each.compared for each in pasted],
        autojunk=False,
    )
    changes = matcher.get_opcodes()
    for n, (kind, i1, i2, j1, j2) in enumerate(changes):
        is_around = kind == "delete" and n in {0, len(changes) - 1}
        if kind == "equal" or is_around:
            continue
        yield DifferingPassage(_written(published[i1:i2]), _written(pasted[j1:j2]))


def _written(words: Sequence[_Word]) -> str:
    return " ".join(each.written for each in words)
