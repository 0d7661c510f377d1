"""Find products and rates that are not those of their factors: `six terms of 30 points, that is 210`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.rare import RarePattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_N = rf"(?<![\w.,:/-])(?:{NUMBER})(?![.,]?\d)"
_GAP = "[ \u00a0\u202f]"
_IS = rf"(?:,{_GAP}|{_GAP}\(|{_GAP}[–—]{_GAP}|{_GAP})(?i:soit|that is|or|i\.e\.|making){_GAP}(?P<about>(?i:environ{_GAP}|about{_GAP}|some{_GAP}|près de{_GAP}|plus de{_GAP}|around{_GAP})?)"
_TOLD = rf"{_IS}{_N}"
_PRODUCT = RarePattern(
    rf"(?P<one>{_N}){_GAP}(?P<what>[^\W\d_]{{3,}}){_GAP}(?i:de|of|à|at){_GAP}(?P<other>{_N}){_GAP}(?P<unit>[^\W\d_]{{3,}})[^.;\d\n]{{0,20}}?{_IS}(?P<told>{_N}){_GAP}(?P<same>[^\W\d_]{{3,}})",
    sign=_TOLD,
)
_PER_DAY = RarePattern(
    rf"(?P<one>{_N}){_GAP}[^.;\d\n]{{2,30}}?(?i:par jour|chaque jour|a day|per day|every day|par semaine|a week|per week|par mois|a month|per month)[^.;\d\n]{{0,25}}?{_IS}(?P<told>{_N}){_GAP}[^.;\d\n]{{0,30}}?(?i:par an|chaque année|a year|per year)",
    sign=_TOLD,
)
_EVERY = RarePattern(
    rf"(?i:toutes les|every){_GAP}(?P<one>{_N}){_GAP}(?i:minutes){_IS}(?P<told>{_N}){_GAP}[^.;\d\n]{{1,20}}?(?i:par heure|an hour|per hour)",
    sign=rf"(?i:minutes){_IS}",
)
_PERIODS = {"jour": (220, 366), "day": (220, 366), "sem": (40, 53), "week": (40, 53), "mois": (9, 12.2), "month": (9, 12.2)}  # fmt: skip
"""How many days, weeks or months of work, at least and at most, a year has."""
_EXACT, _ABOUT, _HOUR, _SAME = 0.02, 0.08, 60, 4


def products_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield each product or rate that its factors do not give."""
    for found in _PRODUCT.finditer(text):
        one, other, told = (value_of(found[it]) for it in ("one", "other", "told"))
        is_same = found["unit"][:_SAME].lower() == found["same"][:_SAME].lower()
        margin = _ABOUT if found["about"] else _EXACT
        if is_same and abs(one * other - told) > margin * told:
            yield _twice(found, f"{found['one']} × {found['other']}")
    for found in _PER_DAY.finditer(text):
        one, told = value_of(found["one"]), value_of(found["told"])
        least, most = next(it for word, it in _PERIODS.items() if word in found[0].lower())
        if one and not least * (1 - _ABOUT) <= told / one <= most * (1 + _ABOUT):
            yield _twice(found, found["one"])
    for found in _EVERY.finditer(text):
        one, told = value_of(found["one"]), value_of(found["told"])
        if one and abs(_HOUR / one - told) > _ABOUT * told:
            yield _twice(found, f"{_HOUR} / {found['one']}")


def _twice(found: re.Match[str], other: str) -> ToldTwice:
    return ToldTwice(" ".join(found[0].split()), other, found.start())
