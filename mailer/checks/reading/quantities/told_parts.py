"""Find a part of a whole, or a share, that a text tells again as another number: `of 640 shops, 82
stand empty`, `the 94 empty shops`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.counts import counts, thing_of
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.quantities.counts import CountInText

_GAP = r"[ \u00a0\u202f\n]+"
_WHOLE = re.compile(
    rf"(?i)(?<!\w)(?:of|sur|among|parmi|des){_GAP}(?:(?:the|les|ses|its|our|nos){_GAP})?\d{{1,3}}(?:[ \u00a0\u202f,]\d{{3}})*{_GAP}(?P<noun>[^\W\d_]{{4,}})(?P<said>[^.;:,\n]{{0,40}}),(?P<parts>[^.;:\n]{{3,160}})"
)
_PART = RarePattern(rf"(?<![\w.,])(?P<number>{NUMBER})(?!\w){_GAP}(?P<said>[^,;\d\n]{{3,60}})")
_SHARE = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:[.,]\d)?)[ \u00a0\u202f]?(?:%|per ?cent\b|pour ?cent\b)\)?(?P<said>[^.;\n]{4,90})"
)
_DEFINITE = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.definite)}{_GAP}\Z")
_COMPARED = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.set_against)}(?!\w)")
_GENERIC = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.generic_units)}(?!\w)")
_PERIOD = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.same_period)}(?!\w)")
_WITH = re.compile(r"(?:Avec|With)[ \u00a0](?:ses |its |ces |these |les |the )?\Z")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ROOT, _SHARED = 4, 3
_BEHIND = 30
_MOST = 24
_ALIKE = 3
"""How many times one of two numbers may be the other that are of one thing."""


class _CountedPart(NamedTuple):
    value: float
    words: str
    said: frozenset[str]


class _PartsToldAgain(NamedTuple):
    again: tuple[ToldTwice, ...]
    starts: frozenset[int]


def parts_that_disagree(text: str) -> tuple[ToldTwice, ...]:
    """Return each definite count that says of its things what was said of another number of them."""
    return _told(text).again


def is_told_part(text: str, start: int) -> bool:
    """Return whether the count at a place is of a part that has been told, rightly or not."""
    return start in _told(text).starts


@lru_cache(maxsize=64)  # each count of a text asks it
def _told(text: str) -> _PartsToldAgain:
    again: list[ToldTwice] = []
    starts: set[int] = set()
    told = without_quotations(text)
    wholes = list(_WHOLE.finditer(told))[:_MOST]
    for whole in wholes:
        parts = [_part(it) for it in _PART.finditer(whole["parts"])]
        thing = thing_of(whole["noun"])
        for count in counts(text):
            if count.start < whole.end() or count.thing != thing or not count.is_definite:
                continue
            limits = _roots(f"{count.words} {_behind(told, count)}") - _roots(whole["noun"])
            same = [it for it in parts if it.said & limits]
            if same:
                starts.add(count.start)
            if same and count.value not in {it.value for it in parts}:
                again.append(ToldTwice(count.words, same[0].words, count.start))
    return _PartsToldAgain(tuple(again), frozenset(starts))


def _part(found: re.Match[str]) -> _CountedPart:
    return _CountedPart(
        value_of(found["number"]), " ".join(found[0].split()), _roots(found["said"])
    )


def _behind(text: str, count: CountInText) -> str:
    """Return the two words behind a count, in its clause."""
    said = re.split(r"[.;:,\n]", text[count.end : count.end + _BEHIND])[0]
    return " ".join(said.split()[:2])


def _roots(said: str) -> frozenset[str]:
    """Return how the longer words of a clause begin; a short word behind `à` counts too."""
    return frozenset(folded(word)[:_ROOT] for word in _WORD.findall(said)) - _EMPTY


_EMPTY = frozenset(
    [
        "sont",
        "ont",
        "est",
        "are",
        "were",
        "have",
        "has",
        "been",
        "was",
        "qui",
        "que",
        "the",
        "les",
        "des",
        "avec",
        "with",
    ]
)
"""Roots of words that say nothing of what they are beside."""


def shares_told_again(text: str) -> Iterator[ToldTwice]:
    """Yield a definite share whose clause has the words of another one: `the 34 % who sleep less`."""
    told = without_quotations(text)
    every = list(_SHARE.finditer(told))[:_MOST]
    for n, found in enumerate(every):
        if not _DEFINITE.search(told, max(0, found.start() - 20), found.start()):
            continue
        for other in every[:n]:
            apart = told[other.end() : found.start()]
            is_other = found["number"] != other["number"] and re.search(r"[.;\n]", apart)
            are_alike = len(_long(found["said"]) & _long(other["said"])) >= _SHARED
            if is_other and are_alike and not _COMPARED.search(other["said"]):
                yield ToldTwice(
                    " ".join(found[0].split()), " ".join(other[0].split()), found.start()
                )
                break


def _long(said: str) -> frozenset[str]:
    return frozenset(folded(word)[:_ROOT] for word in re.findall(r"[^\W\d_]{4,}", said))


def units_told_again(text: str) -> Iterator[ToldTwice]:
    """Yield `with 8,000 batteries in the first year` behind `6,000 units in the first year`."""
    told = without_quotations(text)
    made: list[tuple[CountInText, str]] = []
    for sentence in sentences(told) if _GENERIC.search(told) else ():
        for count in counts(text):
            if not sentence.start <= count.start < sentence.start + len(sentence.words):
                continue
            period = _PERIOD.search(told, count.end, min(len(told), count.end + _BEHIND))
            if period is None:
                continue
            words = f"{count.words}{told[count.end : period.end()]}"
            if _WITH.search(told, max(0, count.start - 20), count.start):
                yield from _made_otherwise(count, words, period[0], made)
            if _GENERIC.search(count.words) and len(made) < _MOST:
                made.append((count, words))


def _made_otherwise(
    count: CountInText, words: str, period: str, made: list[tuple[CountInText, str]]
) -> Iterator[ToldTwice]:
    for other, said in made:
        is_one_time = said.casefold().endswith(period.casefold())
        low, high = sorted((count.value, other.value))
        if is_one_time and count.value != other.value and high <= _ALIKE * low:
            yield ToldTwice(" ".join(words.split()), " ".join(said.split()), count.start)
            return
