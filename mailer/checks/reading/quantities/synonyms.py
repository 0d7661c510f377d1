"""Find one thing counted or paid under two names: 24 beds and 28 places, a cost and a budget."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.amounts import MONEY, amounts
from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.sentences import ITEM, sentences
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_THINGS = sorted({it for each in LANGUAGES if each.phrases for it in each.phrases.synonyms})
_GROUP = {
    word: _THINGS.index(thing)
    for language in LANGUAGES
    if language.phrases
    for thing, words in language.phrases.synonyms.items()
    for word in words
}
_COUNT = re.compile(
    rf"(?<![\w.,:/€£$-])(?P<number>{NUMBER})[ \u00a0\u202f\n](?:(?!de|of|sur|à)[^\W\d_]+[ \u00a0])?(?P<noun>(?i:{'|'.join(sorted(_GROUP, key=len, reverse=True))}))(?!\w|[ \u00a0](?:of|from|de|d[’'](?!une capacité)|du|des|aged|pour|for)\b)"
)
_SUM = re.compile(
    rf"(?i)(?<!\w)(?P<name>{in_any_language(lambda phrases: phrases.sums)})(?!\w)(?:[ \u00a0]{in_any_language(lambda phrases: phrases.sum_for)}[ \u00a0]?(?P<owner>[^\W\d_]{{4,}}))?"
)
_PART = matches(in_any_language(lambda phrases: phrases.part_of))
_APART = re.compile(rf"(?i)\b{in_any_language(lambda phrases: phrases.counts_other)}\b")
_OFTEN = re.compile(r"(?i)\b(?:chaque (?:année|jour|semaine|mois)|par an|(?:each|a|per|every) (?:year|week|month|day)|published? \d+ \w+)\b")  # fmt: skip
_CLAUSE = re.compile(r"[^;]+")
_MUCH, _LONGEST = 1.6, 60
_SCALES = (1_000, 1_000_000)
_ROUNDED = 0.03


class _CalledOtherwise(NamedTuple):
    group: int
    name: str
    value: float
    unit: str
    words: str
    start: int


def synonyms_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield a figure that another name of the same thing had otherwise, in another sentence."""
    known: dict[tuple[int, str], list[_CalledOtherwise]] = {}
    for told in _told(text):
        before = known.setdefault((told.group, told.unit), [])
        values = {it.value for it in before}
        first = next((it for it in before if _disagree(it, told)), None)
        if first and told.value not in values:
            yield ToldTwice(told.words, first.words, told.start)
        if len(values) <= len(_THINGS):
            before.append(told)
    yield from _parts_of_another_scale(text)


def _told(text: str) -> Iterator[_CalledOtherwise]:
    for sentence, start in sentences(text):
        if ITEM.match(sentence):
            continue
        for clause in _CLAUSE.finditer(sentence):
            counts = list(_COUNT.finditer(clause[0]))
            said = _OFTEN.sub(" ", clause[0])
            is_part = _PART.search(said) or _APART.search(said)
            for found in counts if len(counts) == 1 and not is_part else ():
                noun, quoted = found["noun"].lower(), " ".join(found[0].split())
                at = start + clause.start() + found.start()
                yield _CalledOtherwise(
                    _GROUP[noun], noun, value_of(found["number"]), "", quoted, at
                )
        yield from _sums(sentence, start)


def _sums(words: str, start: int) -> Iterator[_CalledOtherwise]:
    """Yield the sum of a line or sentence that has one, and says what it pays."""
    at = start
    for line in words.split("\n"):
        sums = [it for it in amounts(line) if it.unit in MONEY]
        name = _SUM.search(line)
        if name and sums:
            first = sums[0]
            near = min(abs(first.start - name.end()), abs(name.start() - first.end))
            upto = line[: max(first.end, name.end())]
            if near <= _LONGEST and not _APART.search(upto):
                quoted = " ".join(
                    line[min(first.start, name.start()) : max(first.end, name.end())].split()
                )
                yield _CalledOtherwise(-1, folded(name["owner"] or "").rstrip("sx"), first.value, first.unit, quoted, at + first.start)  # fmt: skip
        at += len(line) + 1


def _disagree(one: _CalledOtherwise, other: _CalledOtherwise) -> bool:
    least, most = sorted((one.value, other.value))
    if one.group < 0 and one.name and other.name and one.name != other.name:
        return False
    if least <= 0 or most - least <= _ROUNDED * most or (one.group >= 0 and one.name == other.name):
        return False
    is_scale = any(abs(most / least / scale - 1) < _MUCH - 1 for scale in _SCALES)
    return most <= _MUCH * least or (one.group < 0 and is_scale)


_WITH_PART = re.compile(
    r"(?P<whole>[£$€]?\d+(?:[.,]\d+)?[ \u00a0](?:milliards?|billion|bn)(?:[ \u00a0]d[’']euros)?)[^.;\d\n]{0,40}?(?i:dont|of which|including)[ \u00a0](?P<part>[£$€]?\d[\d \u00a0\u202f,.]*(?:[ \u00a0](?:millions?|milliards?|billion|bn))?(?:[ \u00a0]?(?:d[’'])?(?:euros|€))?)"
)
_LIKELY = 400


def _parts_of_another_scale(text: str) -> Iterator[ToldTwice]:
    """Yield a part that is next to nothing of its whole: of 1.2 billion, 800,000."""
    for found in _WITH_PART.finditer(text):
        sums = list(amounts(found[0]))
        if len(sums) > 1 and sums[1].value and sums[0].value / sums[1].value > _LIKELY:
            yield ToldTwice(" ".join(found["whole"].split()), " ".join(found["part"].split()), found.start())  # fmt: skip
