"""Find a count that refers to one before it, and is another number: `The 29 scientists …`."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.counts import CountInText, counts
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.checks.reading.texts.sentences import SentenceInText

_COMPARED = matches(in_any_language(lambda phrases: phrases.set_against))
_PARTED = matches(in_any_language(lambda phrases: phrases.part_of_day))
_AGES = matches(in_any_language(lambda phrases: phrases.age_range))
_ANEW = re.compile(in_any_language(lambda phrases: phrases.counted_anew))
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = RarePattern(rf"(?<![\w.,])(?:{NUMBER})(?!\w)")
_SOME = RarePattern(
    rf"(?<!\w){in_any_language(lambda phrases: phrases.part_of)}[ \u00a0]+(?P<number>{NUMBER})(?!\w)"
)
"""A part without its noun: `dont trente`."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_SINCE = re.compile(
    rf"(?i:\b{in_any_language(lambda phrases: phrases.from_then_on)})[ \u00a0](?:the[ \u00a0]|l[ea][ \u00a0]|l[’'])?(\w{{3,}})"
)
_CLAUSE = re.compile(r"[,;:–—](?!\d)")
_FURTHER = re.compile(
    rf"[,;–—] ?(?:and|et|{in_any_language(lambda phrases: phrases.relative)})\b", re.IGNORECASE
)
"""Begins a clause that says something else of the things counted: `, who …`."""
_ENDS_LIMIT = re.compile(rf"[,;:.–—]|\b{in_any_language(lambda phrases: phrases.says_of_all)}\b")
_NARROW = re.compile(
    r"(?:d[’']|(?!d[’'])[^\W\d_]+\s+(?:the\s+|la\s+|les\s+|l[’'])?)[^\W\d_]+(?!\s+(?:d[eu]|des|d[’']|of)\b)"
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}(?:[.:]\d\d)?[ \u00a0]?(?:[ap]\.?m\b|h\b(?:[ \u00a0]?\d\d)?)")
_MOST = 6
"""Among how many counts of one thing, and numbers of a sentence, sums are looked for."""
_MOST_BEFORE = 40
"""How many counts of one thing before another one may account for it."""
_THOUSAND, _EXACT = 1000, 0.025
_ABOUT = 0.1


def counts_that_disagree(text: str, *, year: int) -> Iterator[ToldTwice]:
    """Yield the counts of what has been spoken of that are no number told of it, nor its sum.

    What stands in one sentence, is compared, belongs to a year gone by, or may be a part of what
    was counted before contradicts nothing.
    """
    every = counts(text)
    told = list(sentences(without_quotations(text)))
    for at, count in enumerate(every):
        before = [it for it in every[:at] if it.thing == count.thing]
        first = next((it for it in reversed(before) if not it.is_apart), None)
        if first and _refers(count, first, told) and not _is_explained(before, count, told):
            is_later = _YEAR.search(told[count.sentence].words, 0, _offset(count, told))
            clauses = [_clauses_around(it, told) for it in (first, count)]
            is_one_time = _are_of_one_time(clauses[0], clauses[1], year) or _is_said_again(
                count, clauses[0], told
            )
            if not is_later and is_one_time:
                yield ToldTwice(count.words, first.words, count.start)


def _refers(count: CountInText, first: CountInText, told: Sequence[SentenceInText]) -> bool:
    """Return whether a count can only be of the same things as the first one."""
    if count.sentence == first.sentence or count.is_apart or count.is_about or count.is_least:
        return False
    if not count.adjectives <= first.adjectives | _words(told[first.sentence].words):
        return False
    is_larger = count.value > first.value
    if count.is_total:
        return is_larger and not count.limit
    if not count.is_definite:
        return is_larger and _stands_alone(count, first, told)
    is_of_these = count.is_narrowed and is_larger
    is_alike = not count.is_narrowed and _narrow(count) == _narrow(first)
    return not count.limit or is_of_these or is_alike or _is_told(count, first, told)


def _narrow(count: CountInText) -> str:
    """Return what limits a count right behind its noun: `d’opération`, of rooms."""
    narrow = _NARROW.match(count.limit)
    return narrow[0] if narrow else count.limit


def _stands_alone(count: CountInText, first: CountInText, told: Sequence[SentenceInText]) -> bool:
    """Return whether a count begins a sentence about all of the things, as in `Eight stages are free`."""
    both = f"{told[first.sentence].words} {told[count.sentence].words}"
    is_anew = _ANEW.fullmatch(count.words.split()[-1])
    return count.is_first and not count.limit and not is_anew and not _PARTED.search(both)


def _is_told(count: CountInText, first: CountInText, told: Sequence[SentenceInText]) -> bool:
    """Return whether what limits a count was said of the first one: `the 30 pupils of Leeds`."""
    said = count.limit if not count.is_narrowed else _rest_of_clause(count, told)
    limits = _words(said)
    return bool(limits) and limits <= _words(told[first.sentence].words)


def _is_said_again(count: CountInText, first: str, told: Sequence[SentenceInText]) -> bool:
    """Return whether what follows a count says which they are in the words of the first clauses."""
    limits = _words(_rest_of_clause(count, told))
    return len(limits) > 1 and limits <= _words(first) and not _COMPARED.search(first)


def _rest_of_clause(count: CountInText, told: Sequence[SentenceInText]) -> str:
    """Return what says of a count which they are: `brought up by the divers`."""
    said = told[count.sentence].words[count.end - told[count.sentence].start :]
    return _ENDS_LIMIT.split(said, maxsplit=1)[0]


def _clauses_around(count: CountInText, told: Sequence[SentenceInText]) -> str:
    """Return a sentence up to the end of the second clause behind the count: further ones may
    compare something else.
    """
    sentence = told[count.sentence]
    end = count.end - sentence.start
    said = _FURTHER.split(sentence.words[end:], maxsplit=1)[0]
    clauses = _CLAUSE.split(said)
    return sentence.words[:end] + " ".join(clauses[:2])


def _words(said: str) -> set[str]:
    return {folded(word).rstrip("sx") for word in _WORD.findall(said)}


def _is_explained(
    before: Sequence[CountInText], count: CountInText, told: Sequence[SentenceInText]
) -> bool:
    """Return whether a number was told of the thing, or adds up or sets off some that were."""
    values = [it.value for it in before][:_MOST]
    near = _NUMBER.findall(_AGES.sub("", told[before[-1].sentence].words))[:_MOST]
    beside = _NUMBER.findall(_without_hours(told[count.sentence].words))[:_MOST]
    numbers = [int(value_of(it)) for it in near if it != str(count.value)]
    known = {*values, *(sum(some) for n in (2, 3) for some in combinations(numbers, n))}
    known |= {sum(values), *(sum(some) for some in combinations(values, 2))}
    said = told[before[-1].sentence].words
    known |= {int(value_of(it["number"])) for it in _SOME.finditer(said)}
    known |= {one * other for one, other in combinations(numbers, 2)}
    rests = {abs(it - count.value) for it in values}
    is_rest = bool(rests & {int(value_of(it)) for it in beside})
    return count.value in known or is_rest or any(_is_rounded(it, count) for it in before)


def _without_hours(words: str) -> str:
    """Return a sentence without its hours, which are the rest of no count."""
    return _CLOCK.sub(" ", words)


def _is_rounded(one: CountInText, other: CountInText) -> bool:
    low, high = sorted((one.value, other.value))
    if one.is_least and other.value > one.value:
        return True
    if one.is_about or other.is_about:
        return high - low <= _ABOUT * high
    return low >= _THOUSAND and low % 100 == 0 and high - low <= _EXACT * high


def _offset(count: CountInText, told: Sequence[SentenceInText]) -> int:
    return count.start - told[count.sentence].start


def _are_of_one_time(one: str, other: str, year: int) -> bool:
    """Return whether two sentences compare nothing, and are not about different years gone by."""
    if {*_SINCE.findall(one)} & {*_SINCE.findall(other)}:
        return True
    if _COMPARED.search(one) or _COMPARED.search(other):
        return False
    first, last = ({int(it) for it in _YEAR.findall(each)} for each in (one, other))
    return not {it for it in first ^ last if it < year}


@lru_cache(maxsize=16)  # each count of a text asks it
def _sentences_of(text: str) -> tuple[SentenceInText, ...]:
    return tuple(sentences(without_quotations(text)))


def is_accounted_for(text: str, start: int, number: float, whole: float) -> bool:
    """Return whether the count at `start` may be of some of the things that were counted before, or
    adds up what was said of them.
    """
    every = counts(text)
    found = next((it for it in every if it.start == start and it.value == number), None)
    if found is None:
        return False
    before = [it for it in every if it.start < start and it.thing == found.thing]
    if before and _is_explained(before[-_MOST_BEFORE:], found, _sentences_of(text)):
        return True
    is_some = found.is_narrowed or found.is_apart
    return number < whole and (is_some or (not found.is_definite and 2 * number < whole))
