"""The words by which the checks recognise the parts of a text that they compare."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedWords:
    """Sets of folded words, without hyphens; a text is read word by word."""

    heads: frozenset[str] = frozenset()
    """What somebody is who stands for a whole body: `directrice`."""
    headed: frozenset[str] = frozenset()
    """Says that somebody heads or founded a body: `dirige`, `fondée`."""
    its: frozenset[str] = frozenset()
    """Stands before such a word, in a sentence about the body of the one before: `son`."""
    of: frozenset[str] = frozenset()
    """Links what somebody is with the body: `de`, `at`."""
    once: frozenset[str] = frozenset()
    """Says that somebody is or was something else, too: `ancien`, `également`."""
    ends_name: frozenset[str] = frozenset()
    """Ends the name of a body that began before: `qui`, `est`."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, which blanks part."""
    return frozenset(text.split())
