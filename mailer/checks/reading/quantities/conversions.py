"""Find one quantity in two units that do not agree: `12 kilometres (5 miles)`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.durations import durations
from mailer.checks.reading.quantities.numbers import NUMBER, WORDS, value_of
from mailer.checks.reading.texts.rare import RarePattern

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Unit(NamedTuple):
    words: str
    dimension: str
    size: float
    is_metric: bool = True


_UNITS = (
    _Unit(r"km²|km2|square kilomet(?:re|er)s?|kilomètres? carrés?", "area", 1_000_000),
    _Unit(r"m²|m2|square met(?:re|er)s?|sq\.? ?m|mètres? carrés?", "area", 1),
    _Unit(r"hectares?|ha", "area", 10_000),
    _Unit(r"acres?", "area", 4046.86, is_metric=False),
    _Unit(r"square feet|sq\.? ?ft", "area", 0.092903, is_metric=False),
    _Unit(r"square miles?", "area", 2_589_988, is_metric=False),
    _Unit(r"kilomet(?:re|er)s?|kilomètres?|km", "length", 1000),
    _Unit(r"centimet(?:re|er)s?|centimètres?|cm", "length", 0.01),
    _Unit(r"met(?:re|er)s?|mètres?|m", "length", 1),
    _Unit(r"nautical miles?|milles? (?:nautiques?|marins?)", "length", 1852, is_metric=False),
    _Unit(r"miles?", "length", 1609.344, is_metric=False),
    _Unit(r"yards?|yd", "length", 0.9144, is_metric=False),
    _Unit(r"feet|foot|ft|pieds?", "length", 0.3048, is_metric=False),
    _Unit(r"inch(?:es)?|pouces?", "length", 0.0254, is_metric=False),
    _Unit(r"kilogram(?:me)?s?|kilogrammes?|kilos?|kg", "weight", 1),
    _Unit(r"tonnes?", "weight", 1000),
    _Unit(r"pounds|lbs?", "weight", 0.453592, is_metric=False),
)
_UNIT = "|".join(f"(?P<u{n}>{unit.words})" for n, unit in enumerate(_UNITS))
_QUANTITY = RarePattern(
    rf"(?<![\w.,:/–-])(?P<number>{NUMBER})[ \u00a0\u202f\n-]*(?:{_UNIT})(?![\w²-])",
    sign=rf"(?:\d[ \u00a0\u202f\n-]*|\w[ \u00a0\u202f\n-]+)(?:{'|'.join(it.words for it in _UNITS)})(?![\w²-])",
)
_IS = re.compile(
    r"[ \u00a0\n]*(?:\(|/|=|,[ \u00a0](?:soit|or|ou)\b|[–—][ \u00a0](?:soit|or)\b|(?:soit|i\.e\.))[ \u00a0\n]*"
    r"(?:(?:about|around|roughly|approximately|nearly|almost|just (?:over|under)|some|environ|près de|presque|soit|or|ou)[ \u00a0\n]+)?"
)
_OTHER_SYSTEM = 0.12
"""Conversions between metres and miles are rounded."""
_SAME_SYSTEM = 0.05
"""More than that is no rounding between units of one system."""
_HALF = 0.5


class ToldTwice(NamedTuple):
    """Words from `start` in a text that contradict other ones, which are quoted too."""

    words: str
    other: str
    start: int


def units_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield the second of two quantities side by side that cannot be the first one."""
    for first, last in pairwise(_QUANTITY.finditer(text)):
        if _IS.fullmatch(text, first.end(), last.start()) and _disagree(first, last):
            yield ToldTwice(_quoted(last), _quoted(first), last.start())
    for one, other in pairwise(durations(text, WORDS)):
        if _IS.fullmatch(text, one.end, other.start) and one.minutes != other.minutes:
            words = [" ".join(text[it.start : it.end].split()) for it in (other, one)]
            yield ToldTwice(words[0], words[1], other.start)


def _disagree(first: re.Match[str], last: re.Match[str]) -> bool:
    one, other = _unit(first), _unit(last)
    if one.dimension != other.dimension or one == other:
        return False
    sizes = [value_of(it["number"]) * unit.size for it, unit in ((first, one), (last, other))]
    rounding = max(_step(it) * unit.size for it, unit in ((first, one), (last, other)))
    apart = abs(sizes[0] - sizes[1])
    if one.is_metric and other.is_metric:
        return apart >= max(min(_HALF * rounding, _SAME_SYSTEM * max(sizes)), 1e-9)
    return apart >= max(_HALF * rounding, _OTHER_SYSTEM * max(sizes))


def _step(quantity: re.Match[str]) -> float:
    """Return the value of the last digit of a number."""
    decimals = re.search(r"[.,](\d{1,2})\Z", quantity["number"])
    return float(10 ** -len(decimals[1])) if decimals else 1.0


def _unit(quantity: re.Match[str]) -> _Unit:
    return next(unit for n, unit in enumerate(_UNITS) if quantity[f"u{n}"])


def _quoted(found: re.Match[str]) -> str:
    return " ".join(found[0].split())
