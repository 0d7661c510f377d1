"""Find figures that leave out what they count, because it has been said: `sur les 85, douze …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.figures import number_of
from mailer.checks.reading.texts.unquoted import without_quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

_BARE = re.compile(
    r"(?:(?i:\b(?:sur|parmi|de|of|among) (?:les|ces|the|these|those))[ \u00a0](?P<of>[\w-]+)(?=,)"
    r"|\b(?:All|The|These|Those|Les|Ces|Tous les|Toutes les)[ \u00a0](?P<all>[\w-]+)(?=[ \u00a0](?:are|were|will|have|can|ont|sont|seront|étaient|peuvent)\b))"
)


class BareFigure(NamedTuple):
    """A number without a noun, from `start` in its passage."""

    number: int
    start: int


def bare_figures(passage: Passage) -> Iterator[BareFigure]:
    """Yield the figures of a text outside quotations that leave out their noun, from ten on."""
    for found in _BARE.finditer(without_quotations(passage.text)):
        part = found.lastgroup or "of"
        if (number := number_of(found[part])) is not None:
            yield BareFigure(number, found.start(part))
