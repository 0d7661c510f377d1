"""Find numbers that nearly add up: a sum whose parts miss it by little, a share that misses its own.

Amounts of one sentence have nothing to do with each other more often than not. But where three of
them come to within an eighth of a fourth one, they are its parts, whatever the sentence says.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.amounts import MONEY, Amount, amounts
from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.parts import PartsOfWhole
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.sentences import SentenceInText, sentences
from mailer.checks.reading.texts.words import known_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMPARED = matches(in_any_language(lambda phrases: phrases.set_against))
_SOME = matches(in_any_language(lambda phrases: phrases.part_of))
_OF_ALL = re.compile(
    r"[ \t*•–-]*(?i:sur|of|parmi|among)[ \u00a0](?:les|the|ces|these|ses|its|our|nos)?[ \u00a0]?\Z"
)
_SAYS_SHARE = re.compile(
    r"(?:,[ \u00a0]?(?:soit|or|that is|i\.e\.|donc|representing|représentant)[ \u00a0]|[ \u00a0]\()(?:(?:environ|about|some|près de|à peine|nearly|almost|just)[ \u00a0])?"
    r"(?P<share>\d{1,2}(?:[.,]\d)?)[ \u00a0\u202f]?(?:%|per cent|percent|pour cent)(?P<behind>[^.;\n]{0,25})"
)
_PARTS = {"tiers": 33, "third": 33, "quart": 25, "quarter": 25, "cinquième": 20, "fifth": 20, "moitié": 50, "half": 50, "dixième": 10, "tenth": 10}  # fmt: skip
_PART_IN_BRACKETS = re.compile(
    rf"(?i)\b(?:une?|a|one|la|l[’']|plus d[’']une?|more than an?)[ \u00a0]?(?P<part>{'|'.join(_PARTS)})[ \u00a0]\((?P<share>\d{{1,2}})[ \u00a0\u202f]?%\)"
)
_NEXT = re.compile(r"[^.:;?!%]{2,60}(?:,|\bet|\band)[ \u00a0](?:[^\W\d]+[ \u00a0]){0,2}\Z")
_NEAR = 0.125
_EXACT, _SAME = 0.011, 1.01
_THREE, _MOST = 3, 12
_SHARE_NEAR, _SHARE_EXACT = 20, 1.01
_FEWEST = 40
"""Of so many things at least a share is told."""
_LARGE = 100_000
_ALL, _LIKELY = 101, 125


def nearly_whole(text: str) -> Iterator[PartsOfWhole]:
    """Yield the sums of money whose parts, in one sentence or two, nearly come to them; the counts
    of all of something that is parted; and shares of one thing over 100 %.
    """
    before: SentenceInText | None = None
    for sentence in sentences(text):
        every = list(amounts(sentence.words))[: 2 * _MOST]
        money = _of_money(sentence, every)
        alone = _only_money(before) if before else []
        said = {it.folded for it in words(sentence.words)} if len(every) > 1 else set()
        if not (_COMPARED.search(sentence.words) or said & known_words("set_apart_sums")):
            yield from _largest(money)
            yield from _largest([*alone, *_of_millions(sentence, every, alone)])
        yield from _of_all(sentence, every)
        yield from _over_all(sentence, every)
        before = sentence


def _of_money(sentence: SentenceInText, every: Sequence[Amount]) -> list[Amount]:
    return [_moved(it, sentence.start) for it in every if it.unit in MONEY and it.unit]


def _of_millions(
    sentence: SentenceInText, every: Sequence[Amount], alone: Sequence[Amount]
) -> list[Amount]:
    """Return the sums of a sentence below the one before it; `28 millions` is one there."""
    if not alone:
        return []
    return [
        _moved(it, sentence.start)._replace(unit=alone[0].unit)
        for it in every
        if it.unit == alone[0].unit or (not it.unit and it.value >= _LARGE)
    ]


def _only_money(sentence: SentenceInText) -> list[Amount]:
    """Return the only sum of money of a sentence."""
    money = _of_money(sentence, list(amounts(sentence.words))[:_MOST])
    return money if len(money) == 1 else []


def _moved(amount: Amount, by: int) -> Amount:
    return amount._replace(start=amount.start + by, end=amount.end + by)


def _largest(every: Sequence[Amount]) -> Iterator[PartsOfWhole]:
    """Yield the largest of some sums with the others, which nearly come to it."""
    if not _THREE < len(every) <= _MOST or len({it.unit for it in every}) > 1:
        return
    whole = max(every, key=lambda it: it.value)
    parts = tuple(it for it in every if it is not whole)
    yield from _if_near(PartsOfWhole(whole.value, parts, whole.start, whole.unit), _EXACT)


def _if_near(found: PartsOfWhole, exact: float) -> Iterator[PartsOfWhole]:
    difference = abs(found.total - found.whole)
    is_some = any(abs(found.total - it.value - found.whole) < 1 for it in found.parts)
    if not is_some and exact * found.whole < difference <= _NEAR * found.whole:
        yield found


def _of_all(sentence: SentenceInText, every: Sequence[Amount]) -> Iterator[PartsOfWhole]:
    """Yield the parts of a number that begins its sentence: `Sur les 60 pays, 38 …, 15 … et 9 …`."""
    counted = [it for it in every if not it.unit]
    if _THREE < len(counted) <= _MOST and _OF_ALL.match(sentence.words[: counted[0].start]):
        parts = tuple(_moved(it, sentence.start) for it in counted[1:])
        start = sentence.start + counted[0].start
        if all(it.value < counted[0].value for it in parts):
            yield from _if_near(PartsOfWhole(counted[0].value, parts, start, ""), 0)


def _over_all(sentence: SentenceInText, every: Sequence[Amount]) -> Iterator[PartsOfWhole]:
    """Yield the shares behind `dont`, or each followed by one word such as `from`, over 100 %."""
    shares = [it for it in every if it.unit == "%"]
    if len(shares) < 2 or not all(
        _NEXT.fullmatch(sentence.words, one.end, other.start) for one, other in pairwise(shares)
    ):
        return
    behind = [
        {it.folded for it in words(sentence.words[share.end : share.end + 20])[:2]}
        for share in shares
    ]
    is_alike = len(shares) >= _THREE and set.intersection(*behind) & known_words("gives")
    is_some = _SOME.search(sentence.words[max(0, shares[0].start - 12) : shares[0].start])
    found = PartsOfWhole(
        100,
        tuple(_moved(it, sentence.start) for it in shares),
        sentence.start + shares[0].start,
        "%",
    )
    if (is_alike or is_some) and _ALL < found.total <= _LIKELY:
        yield found


def shares_nearly_right(text: str) -> Iterator[ToldTwice]:
    """Yield each share of a count, told behind it, that no whole before it makes right."""
    for found in _PART_IN_BRACKETS.finditer(text):
        if abs(float(found["share"]) - _PARTS[found["part"].lower()]) > 4:
            yield ToldTwice(found[0], f"{_PARTS[found['part'].lower()]}\u00a0%", found.start())
    before: list[Amount] = []
    for sentence in sentences(text):
        counted = [it for it in amounts(sentence.words) if not it.unit][:_MOST]
        for found in _SAYS_SHARE.finditer(sentence.words):
            parts = [it for it in counted if it.end <= found.start()]
            is_one_of_several = "(" in found[0] and sentence.words.count("%") > 1
            if is_one_of_several:
                continue
            if parts and not {it.folded for it in words(found["behind"])} & known_words("changes"):
                yield from _share_of(sentence, found, parts, before)
        before = [*before, *(_moved(it, sentence.start) for it in counted)][-_MOST:]


def _share_of(
    sentence: SentenceInText,
    found: re.Match[str],
    parts: Sequence[Amount],
    before: Sequence[Amount],
) -> Iterator[ToldTwice]:
    share = float(found["share"].replace(",", "."))
    wholes = [it.value for it in (*before, *parts)]
    pairs = [(one.value, whole) for one in parts for whole in wholes if whole > one.value > 1]
    of = [(100 * one / whole, one, whole) for one, whole in pairs]
    if any(abs(it[0] - share) <= _SHARE_EXACT for it in of):
        return
    near = [it for it in of if abs(it[0] - share) <= _SHARE_NEAR and it[2] >= _FEWEST]
    if near:
        reckoned, one, whole = min(near, key=lambda it: abs(it[0] - share))
        start = sentence.start + found.start("share")
        yield ToldTwice(
            f"{found['share']}\u00a0%", f"{one:.0f} / {whole:.0f} = {reckoned:.0f}\u00a0%", start
        )
