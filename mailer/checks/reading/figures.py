"""Find in prose how many there are of something: `120 premières images`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.unquoted import without_quotations
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.prose import Passage

_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3}|,\d{3}(?!\d))+|\d{2,})[ \u00a0\n]+"
    r"(?:de[ \u00a0]|d[’'])?"
    rf"(?:{in_any_language(lambda phrases: phrases.before_noun)}[ \u00a0\n]+)?"
    r"(?P<noun>[^\W\d_]{4,})(?![\w-])"
    r"(?P<of>\s+(?:de|du|des|d[’']|of|from|aged?|âgé\w+)\s*(?:(?:the|la|les?|l[’'])\s*)?\w+)?"
)
_MEASURED = re.compile(in_any_language(lambda phrases: phrases.measured))
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class FigureInText:
    """A number of things, from `start` in its passage.

    `noun` is folded and without the sign of the plural; `of` limits it: `de Brest`.
    """

    number: str
    noun: str
    of: str
    start: int


def figures(passage: Passage) -> Iterator[FigureInText]:
    """Yield the figures of a text outside quotations, but for measures and years."""
    for found in _FIGURE.finditer(without_quotations(passage.text)):
        number = re.sub(r"\D", "", found["number"])
        is_year = found["number"].isdecimal() and int(number) in _YEARS
        if not is_year and not _MEASURED.fullmatch(found["noun"]):
            yield FigureInText(
                number,
                folded(found["noun"]).rstrip("sx"),
                folded(found["of"] or "").strip(),
                found.start(),
            )
