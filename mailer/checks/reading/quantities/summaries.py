"""Find a count that a line of key figures, a headline or a practical part tells as another number.

Such a line tells what the text tells, not something else of the same things: `Capacité : 22 lits`
below `un service de 24 lits`, `New jobs in the town: 80` below `65 new jobs`. So do two sentences
about one day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.counts import CountInText, counts, thing_of
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import ITEM
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.texts.words import known_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMPARED = matches(in_any_language(lambda phrases: phrases.set_against))
_LABEL = RarePattern(
    rf"(?:^|\n)[ \t*_•|–-]*(?P<label>[^\W\d][^\n:.;]{{3,70}}?)[ \u00a0*_]*[:|][ \u00a0*_|]*(?P<number>{NUMBER})(?P<noun>[ \u00a0][^\W\d_]+)?[ \u00a0*_|.]*(?=\n|\Z)",
    sign=r":|\|",
)
"""A line that is a label and its number: `Jobs created: 80`."""
_FRONT = re.compile(r"[ \t*_•|▪◦·‣–-]*(?P<label>[^\W\d][^:\n]{2,60}?)[ \u00a0]*:")
_STOP = re.compile(r"[.!?…](?=\s|\Z)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_LINE = 120
_LEAST_ALIKE = 0.6
"""How much of the larger number the smaller one is at least, where both are meant to be one."""
_FEWEST, _FEWEST_OF_HEADLINE = 4, 10
"""Smaller numbers are of several groups too often."""
_MOST = 12
"""How many counts of one thing are compared."""
_FEW, _ROUND = 3, 0.1
_EXACT, _THOUSAND = 0.025, 1000
_ROOT = 5


class _ToldCount(NamedTuple):
    """A number of a thing, its words, where it stands, and what is said around it."""

    value: int
    words: str
    start: int
    line: str
    sentence: str
    about: frozenset[str]
    rank: int
    """2 for an item of a list and a label, 1 for any other line that sums up, 0 for a sentence."""
    is_rounded: bool
    adjectives: frozenset[str]


def told_otherwise_in_summary(text: str) -> Iterator[ToldTwice]:
    """Yield each count that differs from one before it of the same thing, and one of which sums up."""
    told = without_quotations(text)
    every: dict[str, list[_ToldCount]] = defaultdict(list)
    for count in counts(text):
        if not count.is_apart and len(every[count.thing]) < _MOST:
            every[count.thing].append(_told(told, count))
    for thing, labelled in _labels(told, set(every)):
        every[thing].append(labelled)
    for same in every.values():
        yield from _of_one_thing(sorted(same, key=lambda it: it.start))


def _of_one_thing(same: Sequence[_ToldCount]) -> Iterator[ToldTwice]:
    values = {it.value for it in same}
    if len(values) > _FEW:
        return  # counted again and again: `places`
    for at, one in enumerate(same):
        first = next((it for it in same[:at] if _contradict(it, one)), None)
        others = values - {one.value}
        if any(it.value == one.value for it in same[:at]):
            continue  # the summary of another count
        if first and not _is_sum(one.value, others) and not _is_sum(first.value, values):
            yield ToldTwice(one.words, first.words, one.start)
            return


def _is_sum(value: int, others: set[int]) -> bool:
    return any(sum(some) == value for some in combinations(others - {value}, 2))


def _contradict(one: _ToldCount, other: _ToldCount) -> bool:
    """Return whether two counts are of the same things, and neither may be a part of the other."""
    low, high = sorted((one.value, other.value))
    least = _FEWEST if max(one.rank, other.rank) > 1 else _FEWEST_OF_HEADLINE
    if low == high or one.line == other.line or low < max(least, _LEAST_ALIKE * high):
        return False
    if one.is_rounded or other.is_rounded or _is_round_form(low, high):
        return False
    both = one.sentence, other.sentence
    years = [frozenset(_YEAR.findall(it)) for it in both]
    if years[0] and years[0] == years[1] and len(_numbers(both)) > 1:
        return True  # of one day
    is_apart = any(map(_COMPARED.search, both)) or any(
        it & known_words("set_apart") for it in _said(both)
    )
    if is_apart or (years[0] != years[1] and all(years)):
        return False
    are_alike = not (one.adjectives and other.adjectives) or one.adjectives & other.adjectives
    return bool(are_alike) and one.rank != other.rank and not _are_of_else(one, other)


def _are_of_else(one: _ToldCount, other: _ToldCount) -> bool:
    """Return whether what is said of a count is not said of the other, or its label names another
    thing: `Parking : 80 places`.
    """
    for first, last in ((one, other), (other, one)):
        label = _FRONT.match(first.line)
        is_at_once = label and first.line[label.end() :].lstrip(" \u00a0*_").startswith(first.words)
        named = {it.folded for it in words(label["label"])} if label and is_at_once else set()
        if named and not named & (known_words("labels") | {it.folded for it in words(last.line)}):
            return True
    is_said = one.about & _roots(other.sentence) or other.about & _roots(one.sentence)
    return bool(one.about) and bool(other.about) and not is_said


def _said(both: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset(it.folded for it in words(sentence)) for sentence in both]


def _numbers(both: Sequence[str]) -> set[str]:
    """Return the numbers that two sentences share: of one day, its day and its year."""
    one, other = ({*re.findall(r"\d+", it)} for it in both)
    return one & other


def _is_round_form(low: int, high: int) -> bool:
    return low >= _THOUSAND and low % 100 == 0 and high - low <= _EXACT * high


def _told(text: str, count: CountInText) -> _ToldCount:
    line = _line_at(text, count.start)
    start = text.rfind("\n", 0, count.start) + 1
    begins = [start, *(start + it.end() for it in _STOP.finditer(line))]
    ends = [*(start + it.start() for it in _STOP.finditer(line)), start + len(line)]
    begin = max(it for it in begins if it <= count.start)
    end = min(it for it in ends if it >= count.end) if count.end <= ends[-1] else ends[-1]
    return _ToldCount(
        count.value,
        count.words,
        count.start,
        line,
        text[begin:end],
        _about(text[count.end : end]),
        _rank(text, line, start),
        count.is_about or count.is_least,
        count.adjectives,
    )


def _line_at(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : end if end >= 0 else len(text)]


def _rank(text: str, line: str, start: int) -> int:
    """Return whether a line sums up: a headline, or an item, short and without a full stop."""
    is_short = len(line) <= _LONGEST_LINE and not line.rstrip(" *_").endswith((".", "!", "?", ","))
    above = text[:start].rstrip("\n")
    is_folded = above.endswith(",") or (
        start > 0
        and text[start - 2 : start] != "\n\n"
        and len(_line_at(text, start - 1)) > 60
        and not ITEM.match(line)
        and not above.endswith((".", "!", "?", ":"))
    )
    return int(is_short and not is_folded) * (2 if ITEM.match(line) else 1)


def _about(said: str) -> frozenset[str]:
    """Return how the words behind a count begin that say what of, up to the end of its clause."""
    clause = re.split(r"[,;:(–—]", said, maxsplit=1)[0]
    return _roots(" ".join(it.folded for it in words(clause)[:3]))


def _roots(said: str) -> frozenset[str]:
    """Return how the longer words of a text begin."""
    return frozenset(
        it.folded[:_ROOT].rstrip("sx")
        for it in words(said)
        if len(it.folded) >= _ROOT - 1 and it.folded not in known_words("links")
    )


def _labels(text: str, things: set[str]) -> Iterator[tuple[str, _ToldCount]]:
    """Yield the numbers of labels that name a thing that is counted elsewhere, with that thing."""
    for found in _LABEL.finditer(text):
        value = value_of(found["number"])
        said = [thing_of(it.written) for it in words(found["label"])]
        thing = next((it for it in said if it in things), None)
        is_year = found["number"].isdecimal() and 1900 <= value <= 2100
        if thing is None or found["noun"] or value != int(value) or is_year:
            continue
        line = found[0].strip("\n")
        start = found.start("label")
        yield (
            thing,
            _ToldCount(
                int(value),
                " ".join(line.split()),
                start,
                line,
                line,
                frozenset(),
                2,
                False,
                frozenset(),
            ),
        )
