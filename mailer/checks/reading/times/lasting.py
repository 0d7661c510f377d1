"""Find how long a work or a plan is told to take, and other lengths of time that contradict it."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.languages import LANGUAGES, MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = r"[ \u00a0\n-]+"
_MONTHS_IN = {"w": 0.23, "s": 0.23, "m": 1.0, "y": 12.0, "a": 12.0}
_UNIT = "(?i:weeks?|semaines?|months?|mois|years?|ans|années?|an)"
_HALF = r"(?: and a half| et demie?)?"
_LENGTH = (
    rf"(?P<number>(?:{NUMBER})|one|an?|une?){_GAP}"
    rf"(?P<unit>{_UNIT})(?P<half>{_HALF})(?!\w)"
)
_BOUND = (
    rf"(?:(?P<most>{in_any_language(lambda phrases: phrases.at_most)})|(?P<least>{in_any_language(lambda phrases: phrases.at_least)})"
    rf"|(?P<about>{in_any_language(lambda phrases: phrases.about)}))?"
)
_LASTING = rf"(?i)(?<!\w)(?:{in_any_language(lambda phrases: phrases.lasts_so_long)}){_GAP}"
_LASTS = RarePattern(
    rf"{_LASTING}(?:{_BOUND}{_GAP})?{_LENGTH}",
    sign=rf"{_LASTING}(?s:.{{0,200}}?){_GAP}{_UNIT}(?!\w)",
)
_APART = matches(in_any_language(lambda phrases: phrases.of_another_length))
_THINGS = [
    matches(f"(?i:{words})")
    for language in LANGUAGES
    if language.phrases
    for words in language.phrases.lasting_things
]
_LATER = in_any_language(lambda phrases: phrases.later)
_MONTH_NAMES = [
    re.compile(f"(?i:{name})")
    for language in LANGUAGES
    if language.date_patterns
    for name in language.date_patterns.months
]
"""The months of each language, in their order."""
_MONTH = rf"(?P<{{}}>{MONTHS})[ \u00a0](?P<{{}}>(?:19|20)\d\d)"
_PERIOD = RarePattern(
    rf"(?i){_MONTH.format('m1', 'y1')}[^.;\d]{{1,60}}?{_MONTH.format('m2', 'y2')}"
    rf"[ \u00a0]?(?:,|–|—|\(|:|soit)[^.;\d]{{0,12}}?{_LENGTH}(?:{_GAP}{_LATER})?",
    sign=rf"(?i)(?:{MONTHS})[ \u00a0](?:19|20)\d\d[^.;\d]{{1,60}}?(?:{MONTHS})[ \u00a0](?:19|20)\d\d",
)
_MARGIN, _BEFORE, _BEHIND = 0.15, 70, 40


class _Length(NamedTuple):
    things: frozenset[int]
    months: float
    least: float
    most: float
    words: str
    start: int


def lengths_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield the second of two lengths of one work that cannot both be true, and the length of a
    period between two months that is not theirs.
    """
    told = list(_lengths(text))
    seen: set[int] = set()
    for one, other in combinations(told, 2):
        is_one = bool(one.things & other.things) and not (
            one.least <= other.most and other.least <= one.most
        )
        if is_one and other.start not in seen:
            seen.add(other.start)
            yield ToldTwice(other.words, one.words, other.start)
    yield from _between_months(text)


def _lengths(text: str) -> Iterator[_Length]:
    for words, start in sentences(text):
        if _APART.search(words):
            continue
        for found in _LASTS.finditer(words):
            around = words[max(0, found.start() - _BEFORE) : found.end() + _BEHIND]
            things = frozenset(n for n, thing in enumerate(_THINGS) if thing.search(around))
            if 0 < len(things) <= len(LANGUAGES):
                yield _length(found, things, start)


def _length(found: re.Match[str], things: frozenset[int], start: int) -> _Length:
    months = _in_months(found)
    margin = _MARGIN * months
    least = 0.0 if found["most"] else months - (0 if found["least"] else margin)
    most = 10_000.0 if found["least"] else months + (0 if found["most"] else margin)
    words = " ".join(found[0].split())
    return _Length(things, months, least, most, words, start + found.start())


def _in_months(found: re.Match[str]) -> float:
    number = found["number"].lower()
    value = 1.0 if number in {"one", "a", "an", "un", "une"} else value_of(number)
    half = 0.5 if found["half"] else 0.0
    return (value + half) * _MONTHS_IN[found["unit"][0].lower()]


def _between_months(text: str) -> Iterator[ToldTwice]:
    for found in _PERIOD.finditer(text):
        first, last = (_month(found[f"m{n}"], int(found[f"y{n}"])) for n in (1, 2))
        months = _in_months(found)
        if (
            last > first
            and not last - first - 1 <= months * (1 + _MARGIN) <= (last - first + 2) * 1.3
        ):
            period = " ".join(text[found.start("m1") : found.end("y2")].split())
            length = " ".join(text[found.start("number") : found.end("unit")].split())
            yield ToldTwice(length, period, found.start("number"))


def _month(name: str, year: int) -> int:
    """Return the number of a month, counted from the year 0."""
    number = next(n for n, each in enumerate(_MONTH_NAMES) if each.fullmatch(name))
    return 12 * year + number % 12
