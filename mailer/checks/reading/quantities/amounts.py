"""Find the numbers that parts of a whole may have: sums of money, shares, and counts of things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.languages import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = r"[ \u00a0\u202f\n]"
_NO_COUNT = (
    rf"(?:h(?:eures?|ours?)?|[ap]\.?m|min\w*|ans?|années?|years?|jours?|days?|weeks?|semaines?|mois|months?|[km]?m[²2]?|km²?|ha|hectares?|{MONTHS}"
    r"|(?:st|nd|rd|th|er|e|ème|fois|times|out)|(?:sur|in)[ \u00a0](?:\d|ten\b|dix\b|every|trois\b|three\b)|avenue|rue|boulevard|quai|place|street|road)\b"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,:/’-])(?P<sign>[£$€])?(?P<number>{NUMBER})"
    rf"(?:{_SPACE}?(?P<scale>(?i:millions?|milliards?|billions?|bn)|[Mmk](?=€|{_SPACE}?€)|(?<=[\d])m)(?![\w]))?"
    rf"(?:{_SPACE}?(?:d[’']|(?:de|of){_SPACE})?(?P<unit>€|%|(?i:euros?|pounds?|dollars?|per{_SPACE}?cent|pour{_SPACE}?cent)\b))?"
    rf"(?!\w|[/:-]\w|[.,]\d)(?!{_SPACE}?(?i:{_NO_COUNT}))"
)
_SCALES = {"mi": 6, "bi": 9, "bn": 9, "m": 6, "k": 3}
_MILLIARD = 9
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
MONEY = frozenset("€£$")


class Amount(NamedTuple):
    """A number from `start` to `end` of a text. `unit` is a sign, or empty where things are counted."""

    value: float
    unit: str
    start: int
    end: int


def amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of a text, but for hours, dates, years and what is measured."""
    for found in _AMOUNT.finditer(text):
        unit = found["sign"] or _sign(found["unit"] or "")
        value = value_of(found["number"]) * 10 ** _scale(found["scale"])
        is_year = not unit and found["number"].isdecimal() and _FIRST_YEAR <= value <= _LAST_YEAR
        if not is_year:
            yield Amount(value, unit, found.start(), found.end())


def _scale(words: str | None) -> int:
    if not words:
        return 0
    lower = words.lower()
    return (
        _MILLIARD
        if lower.startswith("milliard")
        else _SCALES[lower[:2]]
        if lower[:2] in _SCALES
        else _SCALES[lower[:1]]
    )


def _sign(unit: str) -> str:
    first = unit[:1].lower()
    if "cent" in unit.lower():
        return "%"
    return {"e": "€", "p": "£", "d": "$"}.get(first, unit)
