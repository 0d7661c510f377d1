"""Find more people than there are places for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.rare import RarePattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_N = rf"(?<![\w.,:/€£$-])(?:{NUMBER})(?![.,]?\d)"
_GAP = "[ \u00a0\u202f\n]"
_PLACES = rf"(?i:(?:press|media){_GAP})?(?i:places|sièges|fauteuils|seats)"
_PEOPLE_AWAITED = (
    "(?i:personnes|visiteurs|spectateurs|journalistes|invités|convives|participants|people|guests|visitors|journalists|reporters|places|seats)"
    rf"{_GAP}(?:[^\W\d_]+{_GAP}){{0,3}}?"
    r"(?i:attendue?s?|offertes|allouées|réservées|disponibles|prévues|expected|invited|available|allocated|reserved)\b"
)
_WELCOMES = "(?i:reçoi(?:t|vent)|accueill(?:e|ent)|admet|takes?|admits?|welcomes?|receives?)"
_ROOM = RarePattern(
    rf"(?P<limit>(?i:limitée?s?{_GAP}à|limited{_GAP}to|pas{_GAP}plus{_GAP}de|no{_GAP}more{_GAP}than|at{_GAP}most|au{_GAP}plus|(?:a|d[’']une){_GAP}capac(?:ity{_GAP}of|ité{_GAP}de)){_GAP})?"
    rf"(?P<number>{_N}){_GAP}?(?P<places>(?:(?!à|of|de)[^\W\d_]+{_GAP})?{_PLACES})?",
)
_COMING = RarePattern(
    rf"(?P<number>{_N}){_GAP}(?:(?i:pool|press|media){_GAP})?{_PEOPLE_AWAITED}",
    sign=_PEOPLE_AWAITED,
)
_TAKES = RarePattern(
    rf"{_WELCOMES}{_GAP}(?P<number>{_N}){_GAP}[^.;\d\n]{{3,30}}?{_GAP}(?i:pour|for|sur|in){_GAP}(?P<room>{_N}){_GAP}{_PLACES}",
    sign=rf"{_WELCOMES}{_GAP}(?s:.{{0,300}}?){_PLACES}",
)
_NEAR = 140
_FEWEST = 5


def crowds_that_do_not_fit(text: str) -> Iterator[ToldTwice]:
    """Yield those who are expected, or places that are given, beside fewer places."""
    for found in _TAKES.finditer(text):
        if value_of(found["number"]) > value_of(found["room"]):
            yield ToldTwice(_quoted(found), found["room"], found.start())
    coming = list(_COMING.finditer(text))
    rooms = [it for it in _ROOM.finditer(text) if it["limit"] or it["places"]] if coming else []
    for found in coming:
        number = value_of(found["number"])
        near = [it for it in rooms if 0 <= found.start() - it.end() <= _NEAR]
        if near and _FEWEST <= value_of(near[-1]["number"]) < number:
            yield ToldTwice(_quoted(found), _quoted(near[-1]), found.start())


def _quoted(found: re.Match[str]) -> str:
    return " ".join(found[0].split())
