"""Find in prose the parts of a whole: `50 exhibitors: 30 from here and 20 from abroad`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.amounts import MONEY, Amount, amounts
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.sentences import ITEM, SentenceInText, sentences, with_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SOME = matches(in_any_language(lambda phrases: phrases.part_of))
_SPLIT = matches(in_any_language(lambda phrases: phrases.divides))
_IN_ALL = matches(in_any_language(lambda phrases: phrases.in_all))
_PAYS = matches(in_any_language(lambda phrases: phrases.pays))
_OPENED = re.compile(r"[ \u00a0](?:[–—][ \u00a0]|\()")
_LEFT = re.compile(r"(?i)\b(?:remaining|other|others|rest|reste|autres)[ \u00a0\n(:,–]*\Z")
_LEFT_AFTER = re.compile(r"[ \u00a0](?i:restante?s?|autres|remaining|left)\b")
_REST = matches(in_any_language(lambda phrases: phrases.rest_of))
_SETS_APART = matches(in_any_language(lambda phrases: phrases.compared_shares))
_OPPOSITES = matches(in_any_language(lambda phrases: phrases.opposites))
_ABOUT = re.compile(
    rf"(?:{in_any_language(lambda phrases: phrases.about)}|{in_any_language(lambda phrases: phrases.at_least)})\s+\Z"
)
_COLON = re.compile(
    r"[^.:;()?!]{0,70}(?:[:(]|[ \u00a0][–—][ \u00a0])[ \u00a0\n]*(?:[^\W\d_]+[’' \u00a0]+){0,2}\Z"
)
_NEXT = re.compile(
    r"[^.:?!]{0,80}?(?:[,;(]|\b(?:et|and|plus|puis)\b|&)[ \u00a0\n]*(?:\(|(?:[^\W\d_]+[’' \u00a0]+){0,3})\Z"
)
_DETAIL = re.compile(
    r"(?i)(?:\b(?:de|of|from|in|à|aged|for|pour|sur|par|over|en|within)[ \u00a0]|\bd[’'])\Z"
)
_SINGLE = re.compile(r"(?i)(?:,|\bet|\band)[ \u00a0](?:une?|one|an?)[ \u00a0][^\W\d_]")
"""A part of one, which is also said with an article: `et un maire`."""
_PLACED = re.compile(r"[ \u00a0][^\W\d_]{3,},[ \u00a0]")
_PLACED_PARTS = re.compile(
    r"[ \u00a0][^\W\d_]+,[ \u00a0]\d[\d ,\u00a0\u202f]*[ \u00a0](?:of (?:them|whom)[ \u00a0])?(?:in|from|at|en|à|dans|de|du|des)[ \u00a0][^,.;\d]{2,30}(?:,|,?[ \u00a0](?:and|et))[ \u00a0]\d[\d ,\u00a0\u202f]*[ \u00a0](?:in|from|at|en|à|dans|de|du|des)[ \u00a0]"
)
"""`240 hives, 130 in towns and 120 in farmland`"""
_BARE = 1_000
_GIVEN_BY = re.compile(r"[ \u00a0](?:(?:de|du|des|par|from|by)[ \u00a0]|d[’'])")
"""Behind a part whose unit is that of its whole."""
_FEW_WORDS = re.compile(r"[^.:;()?!]{0,40}")
_OF = re.compile(
    r"[ \u00a0](?:of|des?|du|d[’'])[ \u00a0](?:(?:the|les?|la)[ \u00a0])?([^\W\d_]{4,})"
)
_NOTHING_ELSE = matches(in_any_language(lambda phrases: phrases.nothing_else))
_OF_ALL = re.compile(r"(?i)(?:of|sur|parmi)[ \u00a0]")
_NEAR_LEAST, _NEAR_MOST = 0.75, 1.33
"""Within what share of a sum its whole is looked for, where it stands in another sentence."""
_WHOLE_SHARE = 100
_LEAST, _MOST = 0.5, 2
"""PartsOfWhole that add up to less or more than that of another number are no parts of it."""
_LIKELY_MOST = 130
_FEWEST_SHARES = 3
_ROUNDED = 0.011
_SPAN = 2
_LONGEST = 30
"""How many numbers of a sentence are added up."""


class PartsOfWhole(NamedTuple):
    """PartsOfWhole, in the order of a text, that do not add up to the whole that it gives."""

    whole: float
    parts: tuple[Amount, ...]
    start: int
    unit: str

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return round(sum(part.value for part in self.parts), 2)


def contradictory_parts(text: str) -> Iterator[PartsOfWhole]:
    """Yield the parts that do not add up to their whole, each whole once."""
    seen: set[int] = set()
    for found in (*_in_sentences(text), *_all_told(text), *_in_pairs(text), *_in_lists(text)):
        if found.start not in seen:
            seen.add(found.start)
            yield found


def _in_sentences(text: str) -> Iterator[PartsOfWhole]:
    for words, start in sentences(text):
        every = list(amounts(words))[:_LONGEST]
        found = _shares(words, every) or _of_first(words, every) or _of_last(words, every)
        if found:
            yield _moved(found, start)


def _all_told(text: str) -> Iterator[PartsOfWhole]:
    """Yield parts beside `and nothing else` that add up to no number told before them."""
    before: list[Amount] = []
    for words, start in sentences(text):
        told = [
            it._replace(start=it.start + start, end=it.end + start)
            for it in amounts(words)
            if not it.unit
        ][:_LONGEST]
        begins = 1 if _OF_ALL.match(words) else 0
        parts, before = tuple(told[begins:]), [*before, *told[:begins]]
        if len(parts) >= _SPAN and _NOTHING_ELSE.search(words):
            found = PartsOfWhole(0, parts, parts[0].start, "")
            likely = [it.value for it in before[-_LONGEST:] if _is_near(it.value, found.total)]
            if likely and found.total not in {it.value for it in before}:
                yield found._replace(whole=likely[-1])
        before += told[begins:]


def _is_near(whole: float, total: float) -> bool:
    return _NEAR_LEAST * total <= whole <= _NEAR_MOST * total


def _moved(found: PartsOfWhole, by: int) -> PartsOfWhole:
    return found._replace(start=found.start + by)


def _shares(words: str, every: Sequence[Amount]) -> PartsOfWhole | None:
    """Return shares of one whole that are more than all of it."""
    shares = tuple(it for it in every if it.unit == "%")
    if len(shares) < _SPAN or _SETS_APART.search(words):
        return None
    owners = [of[1].lower() for it in shares if (of := _OF.match(words, it.end))]
    is_split = bool(_SPLIT.search(words)) or len(_OPPOSITES.findall(words)) > 1
    of_several = len(owners) == len(shares) and len({*owners}) > 1
    is_listed = len(shares) >= _FEWEST_SHARES and all(
        _NEXT.fullmatch(words, one.end, other.start) for one, other in pairwise(shares)
    )
    found = PartsOfWhole(_WHOLE_SHARE, shares, shares[0].start, "%")
    if any(_is_left(words, it) for it in shares[1:]):
        return found if abs(found.total - _WHOLE_SHARE) > 1 else None
    likely = _MOST * _WHOLE_SHARE if is_split else _LIKELY_MOST
    is_one = is_split or (is_listed and not of_several)
    return found if is_one and _WHOLE_SHARE + 1 < found.total <= likely else None


def _is_left(words: str, share: Amount) -> bool:
    """Return whether a share is told to be all that is left: `the remaining 20 %`."""
    before = words[max(0, share.start - 25) : share.start]
    return bool(_LEFT.search(before) or _LEFT_AFTER.match(words, share.end))


def _of_first(words: str, every: Sequence[Amount]) -> PartsOfWhole | None:
    """Return the parts that follow their whole, if they contradict it."""
    for at, whole in enumerate(every[:-2]):
        after = words[whole.end : every[at + 1].start]
        some = _SOME.search(after)
        is_split = _COLON.fullmatch(after) or (_SPLIT.search(words) and whole.unit in MONEY)
        placed = _PLACED.fullmatch(after)
        is_of_all = at == 0 and _OF_ALL.match(words)
        if placed and (is_of_all or _PLACED_PARTS.match(words, whole.end)):
            some = placed
        pair = not some and not is_split and _FEW_WORDS.fullmatch(after)
        if not (some or is_split or pair):
            continue
        end = _end_of_aside(words, whole.end, every[at + 1].start)
        aside = [it for it in every[at + 1 :] if it.start < end]
        parts = _chain(words, aside if len(aside) >= _SPAN else every[at + 1 :], whole)
        parts = _as_the_whole(words, whole, parts)
        opposite = len(parts) == _SPAN and all(
            _OPPOSITES.search(_after(words, it, parts)) for it in parts
        )
        if pair and not opposite:
            continue
        found = PartsOfWhole(whole.value, parts, whole.start, whole.unit)
        is_about = _ABOUT.search(words[: whole.start]) or _SINGLE.search(words)
        is_least = bool(some or is_about or _REST.search(words))
        if len(parts) >= _SPAN and _contradicts(found, is_least=is_least):
            return found
    return None


def _end_of_aside(words: str, start: int, first: int) -> int:
    """Return where an aside that begins between a whole and its first part ends: `sept membres –
    trois élus, quatre experts –, remettra`.
    """
    opened = _OPENED.search(words, start, first)
    closing = (
        ")" if opened and "(" in opened[0] else r"[ \u00a0][–—](?=[ \u00a0,.;])(?![ \u00a0]\d)"
    )
    closed = re.search(re.escape(closing) if closing == ")" else closing, words[first:])
    return first + closed.start() if opened and closed else len(words)


def _after(words: str, part: Amount, parts: Sequence[Amount]) -> str:
    ends = [it.start for it in parts if it.start > part.start]
    return words[part.end : min(ends, default=part.end + 30)]


def _chain(words: str, every: Sequence[Amount], whole: Amount) -> tuple[Amount, ...]:
    """Return the amounts that follow each other as the items of one list."""
    parts = list(every[:1])
    for amount in every[1:]:
        between = words[parts[-1].end : amount.start]
        is_other = _SOME.search(between) or _IN_ALL.search(between)
        is_detail = not whole.unit and _DETAIL.search(between)
        if not _NEXT.fullmatch(between) or is_other or is_detail:
            break
        parts.append(amount)
    units = {it.unit for it in parts}
    is_of_whole = all(it.value < whole.value for it in parts) and units <= {whole.unit, ""}
    return tuple(parts) if is_of_whole and not (whole.unit and whole.unit not in MONEY) else ()


def _as_the_whole(words: str, whole: Amount, parts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Return bare parts of a sum in the scale of the sum: `12 million euros: 7 from the State`."""
    number = re.match(rf"[£$€]?({NUMBER})", words[whole.start : whole.end])
    are_bare = all(
        not it.unit and it.value < _BARE and _GIVEN_BY.match(words, it.end) for it in parts
    )
    if not (whole.unit and number and are_bare):
        return parts
    scale = whole.value / value_of(number[1])
    return tuple(it._replace(value=it.value * scale) for it in parts)


def _of_last(words: str, every: Sequence[Amount]) -> PartsOfWhole | None:
    """Return the parts before the whole that is told to be all of them."""
    if len(every) <= _SPAN:
        return None
    *parts, whole = every
    is_whole = _IN_ALL.search(words, parts[-1].end, whole.start) or _IN_ALL.search(
        words[whole.end : whole.end + 40]
    )
    units = {it.unit for it in every} - {""}
    is_alike = len(units) < _SPAN and (not whole.unit or whole.unit in MONEY)
    if not is_whole or not is_alike or any(it.value >= whole.value for it in parts):
        return None
    product = 1.0
    for part in parts:
        product *= part.value
    found = PartsOfWhole(whole.value, tuple(parts), whole.start, whole.unit)
    is_least = bool(_REST.search(words))
    return found if product != whole.value and _contradicts(found, is_least=is_least) else None


def _contradicts(found: PartsOfWhole, *, is_least: bool) -> bool:
    """Return whether parts are more than their whole or, where they are all of it, less."""
    if not _LEAST * found.whole <= found.total <= _MOST * found.whole:
        return False
    if abs(found.total - found.whole) <= (_ROUNDED * found.whole if found.unit else 0):
        return False
    return found.total > found.whole or not is_least


def _in_pairs(text: str) -> Iterator[PartsOfWhole]:
    """Yield the parts of a sentence that are more than the only amount of the one before it."""
    for (before, start), (words, _start) in pairwise(sentences(text)):
        wholes = [it for it in amounts(before) if it.unit != "%"]
        parts = tuple(amounts(words))[:_LONGEST]
        if len(wholes) != 1 or len(parts) < _SPAN or ITEM.match(words):
            continue
        whole = wholes[0]
        pays = whole.unit in MONEY and _PAYS.search(words)
        begins = _SOME.match(words) or _REST.match(words) or not words[: parts[0].start].strip()
        chain = _chain(words, parts, whole) if pays or begins else ()
        found = PartsOfWhole(whole.value, chain, whole.start + start, whole.unit)
        if len(chain) >= _SPAN and _contradicts(found, is_least=True):
            yield found


def _in_lists(text: str) -> Iterator[PartsOfWhole]:
    """Yield the items of a list that contradict the number above it, or its last line."""
    for intro, items in with_lists(text):
        firsts = [_only(item) for item in items]
        parts = tuple(it for it in firsts if it)
        if len(parts) != len(items) or len(items) < _SPAN or len({it.unit for it in parts}) > 1:
            continue
        *before, last = parts
        if parts[0].unit == "%":
            shares = PartsOfWhole(_WHOLE_SHARE, parts, items[0].start, "%")
            if _WHOLE_SHARE + 1 < shares.total <= _LIKELY_MOST and not _SETS_APART.search(
                intro.words
            ):
                yield shares
        elif _IN_ALL.search(items[-1].words):
            found = PartsOfWhole(last.value, tuple(before), items[-1].start, last.unit)
            if len(before) >= _SPAN and _contradicts(found, is_least=False):
                yield found
        else:
            yield from _under(intro, parts)


def _under(intro: SentenceInText, parts: tuple[Amount, ...]) -> Iterator[PartsOfWhole]:
    wholes = [it for it in amounts(intro.words) if it.unit == parts[0].unit]
    if not wholes or wholes[-1].value == len(parts):
        return
    whole = wholes[-1]
    found = PartsOfWhole(whole.value, parts, intro.start + whole.start, whole.unit)
    if all(it.value < whole.value for it in parts) and _contradicts(found, is_least=False):
        yield found


def _only(item: SentenceInText) -> Amount | None:
    """Return the only amount of an item that has one; a count stands at its beginning or end."""
    lead = ITEM.match(item.words)
    words = item.words[lead.end() if lead else 0 :].strip()
    every = list(amounts(words))
    money = [it for it in every if it.unit]
    if money:
        return money[0] if len(money) == 1 else None
    at_edge = [it for it in every if it.start == 0 or it.end >= len(words.rstrip(" .;,"))]
    return at_edge[0] if len(every) == 1 and at_edge else None
