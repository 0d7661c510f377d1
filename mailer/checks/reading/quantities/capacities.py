"""Find more people than there are places for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_N = rf"(?<![\w.,:/€£$-])(?:{NUMBER})(?![.,]?\d)"
_GAP = "[ \u00a0\u202f\n]"
_PLACES = rf"(?i:(?:press|media){_GAP})?(?i:places|sièges|fauteuils|seats)"
_ROOM = re.compile(
    rf"(?P<limit>(?i:limitée?s?{_GAP}à|limited{_GAP}to|pas{_GAP}plus{_GAP}de|no{_GAP}more{_GAP}than|at{_GAP}most|au{_GAP}plus|(?:a|d[’']une){_GAP}capac(?:ity{_GAP}of|ité{_GAP}de)){_GAP})?"
    rf"(?P<number>{_N}){_GAP}?(?P<places>(?:(?!à|of|de)[^\W\d_]+{_GAP})?{_PLACES})?"
)
_COMING = re.compile(
    rf"(?P<number>{_N}){_GAP}(?:(?i:pool|press|media){_GAP})?(?i:personnes|visiteurs|spectateurs|journalistes|invités|convives|participants|people|guests|visitors|journalists|reporters|places|seats)"
    rf"{_GAP}(?:[^\W\d_]+{_GAP}){{0,3}}?(?i:attendue?s?|offertes|allouées|réservées|disponibles|prévues|expected|invited|available|allocated|reserved)\b"
)
_TAKES = re.compile(
    rf"(?i:reçoi(?:t|vent)|accueill(?:e|ent)|admet|takes?|admits?|welcomes?|receives?){_GAP}(?P<number>{_N}){_GAP}[^.;\d\n]{{3,30}}?{_GAP}(?i:pour|for|sur|in){_GAP}(?P<room>{_N}){_GAP}{_PLACES}"
)
_NEAR = 140
_FEWEST = 5


def crowds_that_do_not_fit(text: str) -> Iterator[ToldTwice]:
    """Yield those who are expected, or places that are given, beside fewer places."""
    for found in _TAKES.finditer(text):
        if value_of(found["number"]) > value_of(found["room"]):
            yield ToldTwice(_quoted(found), found["room"], found.start())
    rooms = [it for it in _ROOM.finditer(text) if it["limit"] or it["places"]]
    for found in _COMING.finditer(text):
        number = value_of(found["number"])
        near = [it for it in rooms if 0 <= found.start() - it.end() <= _NEAR]
        if near and _FEWEST <= value_of(near[-1]["number"]) < number:
            yield ToldTwice(_quoted(found), _quoted(near[-1]), found.start())


def _quoted(found: re.Match[str]) -> str:
    return " ".join(found[0].split())
