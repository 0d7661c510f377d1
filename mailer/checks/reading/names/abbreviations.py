"""Find the names that a text gives for one abbreviation: `Institute of the Sea (ISea)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.names.bodies import LINKING, bodies, stem, words_of
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

_SHORT = r"(?P<short>[A-ZÀ-Þ][A-ZÀ-Þ&]{1,7}s?)"
_BEHIND = re.compile(rf"[^.;:()\n]{{0,60}}?[ \u00a0]\({_SHORT}\)")
_BEFORE = re.compile(
    rf"(?<!\w){_SHORT}(?:[ \u00a0]\(|,[ \u00a0])(?:(?i:the|la|le|les)[ \u00a0]|[lL][’'])?\Z"
)
_IN_BRACKETS = re.compile(rf"(?<!\w){_SHORT}[ \u00a0]\((?P<name>[^\W\d_][^.;:()\n\d]{{6,90}})\)")
_END = re.compile(r"[^.,;:()\n]{0,60}?(?=[,)])")
_REACH = 20


class NameOfShort(NamedTuple):
    """What an abbreviation stands for, from `start` in its passage."""

    short: str
    name: str
    start: int

    @property
    def words(self) -> list[str]:
        """The words of the name, folded, without articles and signs of the plural."""
        return [stem(word) for word in words_of(self.name) if word not in LINKING]


def expanded(passage: Passage) -> Iterator[NameOfShort]:
    """Yield the names of bodies that stand right before an abbreviation in brackets, or behind one
    in brackets or between commas; and all that stands behind one and fits it.
    """
    text = without_quotations(passage.text)
    for body in bodies(passage):
        behind = _BEHIND.match(text, body.end)
        before = _BEFORE.search(text, max(0, body.start - _REACH), body.start)
        if behind:
            name = text[body.start : behind.start("short") - 1]
            yield NameOfShort(behind["short"], " ".join(name.split()), body.start)
        elif before and (end := _END.match(text, body.end)):
            yield NameOfShort(before["short"], text[body.start : end.end()], body.start)
    for found in _IN_BRACKETS.finditer(text):
        told = NameOfShort(found["short"], found["name"], found.start("name"))
        if _stands_for(told):
            yield told


def _stands_for(told: NameOfShort) -> bool:
    """Return whether words begin with the first letter, and have as many words as letters or so."""
    is_first = bool(told.words) and told.words[0][0] == folded(told.short[0])
    return is_first and abs(len(told.words) - len(told.short)) <= 1
