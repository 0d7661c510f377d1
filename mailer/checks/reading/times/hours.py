"""Find hours in prose, and pairs of them that are a period: `de 9 h à 11 h 30`, `7.30 pm`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOCK = re.compile(
    r"(?<![\w:.,/-])(?P<hour>[01]?\d|2[0-3])(?:(?P<sign>[.:])(?P<first>[0-5]\d))?[ \u00a0\u202f]*"
    r"(?:(?P<half>[apAP])\.?[mM]\b\.?|(?P<unit>h(?:eures?)?)(?:[ \u00a0\u202f]*(?P<second>[0-5]\d))?)?"
    r"(?!\w|:\d)"
)
_BEFORE_FIRST = re.compile(r"(?i)\b(?:de|entre|from|between)[ \u00a0\n]+\Z")
_TO = re.compile(r"(?i)[ \u00a0\n]*(?:à|to|until|jusqu[’']à|–|—|-)[ \u00a0\n]*")
_TO_OR_AND = re.compile(r"(?i)[ \u00a0\n]*(?:à|to|until|jusqu[’']à|et|and|–|—|-)[ \u00a0\n]*")


@dataclass(frozen=True, slots=True)
class HourInText:
    """An hour of the day, from `start` to `end` in a text."""

    at: time
    start: int
    end: int


@lru_cache(maxsize=256)  # several checks look at the same texts, and for each hour of a text
def hours(text: str) -> tuple[HourInText, ...]:
    """Return the hours of a text in their order; a bare number is none."""
    return tuple(_hours(text))


def _hours(text: str) -> Iterator[HourInText]:
    for found in _CLOCK.finditer(text):
        if found["half"] or found["unit"] or found["sign"] == ":":
            hour, half = int(found["hour"]), (found["half"] or "").lower()
            hour = hour % 12 + (12 if half == "p" else 0) if half else hour
            yield HourInText(
                time(hour, int(found["first"] or found["second"] or 0)), found.start(), found.end()
            )


def periods(text: str) -> Iterator[tuple[HourInText, HourInText]]:
    """Yield the first and the last hour of each period of a text."""
    for first, last in pairwise(hours(text)):
        is_begun = _BEFORE_FIRST.search(text, max(0, first.start - 10), first.start)
        joined = _TO_OR_AND if is_begun else _TO
        if joined.fullmatch(text, first.end, last.start):
            yield first, last
