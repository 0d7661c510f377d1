"""Find what somebody of the office tells another one in a draft, by whom it speaks to.

A text for the press calls nobody by a first name and tells nobody what to do with its sentences:
`(Maud, demande si on garde ce montant)`, `Tom - swap in the chair's line here`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.words import WordInText, known_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_IN_BRACKETS = re.compile(r"[\[({](?P<said>[^\[\](){}\n]{8,300})[\])}](?!\()")
_LINE = re.compile(r"^[ \t*_•>–-]*(?P<said>\S[^\n]{8,240})$", re.MULTILINE)
_CALLED = re.compile(
    r"@?[A-ZÀ-Þ][a-zà-ÿœ]+(?:-[A-ZÀ-Þ][a-zà-ÿœ]+)?[ \u00a0]?(?P<sign>[,:–—-])[ \u00a0]+(?=[a-zà-ÿœI])"
)
_FEWEST = 3


def asides(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text speaks to somebody of the office, from and to."""
    for found in _IN_BRACKETS.finditer(text):
        if _is_aside(found["said"].strip(" \u00a0*_")):
            yield found.span()
    for found in _LINE.finditer(text):
        if _tells_somebody(found["said"]) or _is_to_do(found["said"]):
            yield found.span("said")


def _is_aside(said: str) -> bool:
    """Return whether brackets call somebody and speak to them, or ask them in the first person."""
    every = {it.folded for it in words(said)}
    called = _CALLED.match(said)
    speaks = every & known_words("speaks_to") or said.endswith("?")
    if called and (speaks or _tells_somebody(said)):
        return True
    return len(every) > _FEWEST and said.endswith("?") and bool(every & known_words("you_and_i"))


def _tells_somebody(said: str) -> bool:
    """Return whether words begin with a name and go on with what its bearer is to do with the text,
    or as people of an office speak to each other: `Claire, je ne la retrouve plus`.
    """
    called = _CALLED.match(said)
    if not called or called["sign"] == ":":
        return False
    name, verb = words(called[0])[0], words(said[called.end() : called.end() + 30])[:1]
    every = {it.folded for it in words(said)}
    if name.folded in known_words("begins_sentence") or every & known_words("speaks_to_readers"):
        return False
    asks = said.endswith("?") and bool(every & known_words("you_and_i"))
    is_private = asks or bool(every & known_words("among_colleagues"))
    return is_private or (bool(verb) and verb[0].folded in known_words("edits"))


def _is_to_do(said: str) -> bool:
    """Return whether a line in capitals says what is still to be done: `A VALIDER AVANT DIFF`."""
    if not said.isupper():
        return False
    return _begins_with_work(words(said))


def _begins_with_work(said: Sequence[WordInText]) -> bool:
    begin = 1 if said and said[0].folded in known_words("still") else 0
    return len(said) > begin and said[begin].folded in known_words("to_edit")
