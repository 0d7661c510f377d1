"""Find halves, thirds and shares that are not those of the count beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.amounts import Amount, amounts
from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import value_of
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRACTIONS = {
    "deux tiers": 2 / 3, "trois quarts": 3 / 4, "moitié": 1 / 2, "tiers": 1 / 3, "quart": 1 / 4,
    "cinquième": 1 / 5, "dixième": 1 / 10, "two thirds": 2 / 3, "two-thirds": 2 / 3,
    "three quarters": 3 / 4, "three-quarters": 3 / 4, "half": 1 / 2, "third": 1 / 3,
    "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10,
}  # fmt: skip
_N = r"\d{1,3}(?:[ \u00a0\u202f,]\d{3}(?!\d))+|\d+(?:[.,]\d{1,2}(?!\d))?"
_FRACTION = re.compile(
    rf"(?i)\b(?P<more>(?:(?:un peu )?plus d[eu’'] ?|(?:just |a little |slightly )?(?:more than|over) )?)"
    rf"(?P<about>(?:(?:près d[eu’']|presque|environ|nearly|almost|about|around|some|quelque) ?)?)"
    rf"(?:l[ae’'] ?|une? |an? |les |the |plus d.un )?(?P<fraction>{'|'.join(_FRACTIONS)})"
    rf"(?P<of>[ \u00a0][^.;:()\n]{{0,70}}?)??"
    rf"(?:[ \u00a0]?\(|,?[ \u00a0](?:soit|that is|or)[ \u00a0]|,[ \u00a0]|[ \u00a0][–—][ \u00a0])(?:soit |or |environ |about |some )?"
    rf"(?P<sign>[£$€])?(?P<part>{_N})(?![\w]|[ \u00a0\u202f]?(?:%|ans\b|years\b))"
    rf"(?:[ \u00a0\u202f]?(?P<scale>millions?|milliards?|bn|m)\b)?(?:[ \u00a0](?:sur|of|out of)[ \u00a0](?:les |the )?(?P<among>{_N}))?"
)
_SHARE = re.compile(
    rf"(?<![\w.,:/€£$])(?P<part>{_N})[ \u00a0](?!%|millions?\b|milliards?\b|ans\b|years\b|euros?\b)(?P<of>[^\d.,;:()%\n]{{3,30}}?)[ \u00a0]?\((?P<share>\d{{1,2}}(?:[.,]\d)?)[ \u00a0\u202f]?%\)"
)
_EUROS = r"[ \u00a0\u202f]?(?:€|d.euros|euros)"
_IN = re.compile(
    rf"(?i)(?<![\w.,:/€£$-])(?P<part>{_N}|une?|one)[ \u00a0](?P<of>[^\d.,;:()%\n]{{0,25}}?)[ \u00a0]?(?:sur|in|out of|in every)[ \u00a0](?P<whole>{_N})\b"
    rf"[^.;()%\d\n]{{0,45}}?(?:\(|,[ \u00a0](?:soit|or|that is|about|some)[ \u00a0])[^\d.;()%\n]{{0,25}}(?P<share>\d{{1,2}}(?:[.,]\d{{1,3}})?)[ \u00a0\u202f]?%"
)
_INSIDE = re.compile(rf"(?<![\w.,]){_N}(?![\w.,]*%)")
_DIGITS_BESIDE = re.compile(r"\d[ .]?\Z")
"""Before a part of a telephone number."""
_OF_THE = re.compile(
    r"(?i)\b(?:of|sur|des|parmi|among)[ \u00a0](?:(?:the|les|its|ses)[ \u00a0])?\Z"
)
"""Before the whole itself: `10 of the 12 plots (83%)`."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_OF_THEM = re.compile(r"(?i)d[’']entre (?:eux|elles)|of (?:them|these|those)|de ceux|du total")
_BEHIND = re.compile(r"[ \u00a0]+(?:[^\W\d_]+[ \u00a0]+)?[^\W\d_]{4,}")
_NEAR, _NEAR_LEAST, _NEAR_MOST = 400, 0.35, 2.9
"""How far the whole may stand before its part, and how much smaller or larger it may be than the
fraction makes it: another number is no whole.
"""
_MILLION = 1_000_000
_EXACT, _ABOUT, _MOST = 0.03, 0.1, 40


class _Told(NamedTuple):
    """A part and the share of its whole that it is told to be."""

    share: float
    least: bool
    margin: float
    part: float
    unit: str
    of: str
    found: re.Match[str]


def fractions_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield each share whose part is not that of the only likely whole of the text.

    Nothing is said where some number of the text is the whole, or none is like it.
    """
    every = [
        it
        for it in amounts(text)
        if it.value and not _DIGITS_BESIDE.search(text, max(0, it.start - 2), it.start)
    ]
    seen: set[int] = set()
    for told, whole in _with_whole(text):
        seen.add(told.found.start("part"))
        if not _fits(told, whole):
            yield _twice(told, f"{whole:n}")
    for told in (*_fractions(text), *_shares(text)):
        if told.found.start("part") in seen:
            continue
        likely = _likely(told, every, text)
        same = (it for it in every if it.unit == told.unit or (told.unit and it.value >= _MILLION))
        if likely and not any(_fits(told, it.value) for it in same):
            yield _twice(told, " ".join(_words_of(text, likely[-1]).split()))


def _with_whole(text: str) -> Iterator[tuple[_Told, float]]:
    for found in _FRACTION.finditer(text):
        if wholes := _wholes(found):
            yield _fraction(found), value_of(wholes[-1])
    for found in _IN.finditer(text):
        part = 1.0 if not found["part"][0].isdigit() else value_of(found["part"])
        share = float(found["share"].replace(",", ".")) / 100
        yield _Told(share, False, _EXACT, part, "", "", found), value_of(found["whole"])


def _fractions(text: str) -> Iterator[_Told]:
    return (_fraction(it) for it in _FRACTION.finditer(text) if not _wholes(it))


def _wholes(found: re.Match[str]) -> list[str]:
    """Return the number of all that stands within a fraction: `half of the 60 gardens (20)`."""
    return [found["among"]] if found["among"] else _INSIDE.findall(found["of"] or "")


def _fraction(found: re.Match[str]) -> _Told:
    scale = {"mi": 6, "m": 6, "bn": 9}.get((found["scale"] or "")[:2].lower(), 0)
    scale = 9 if (found["scale"] or "").startswith("milliard") else scale
    is_money = (
        found["sign"] or scale or re.match(_EUROS, found.string[found.end() : found.end() + 10])
    )
    return _Told(
        _FRACTIONS[found["fraction"].lower()],
        bool(found["more"]),
        _ABOUT if found["about"] else _EXACT,
        value_of(found["part"]) * 10**scale,
        found["sign"] or ("€" if is_money else ""),
        found["of"] or "",
        found,
    )  # fmt: skip


def _shares(text: str) -> Iterator[_Told]:
    for found in _SHARE.finditer(text):
        if _OF_THE.search(text, max(0, found.start() - 12), found.start()):
            continue
        share = float(found["share"].replace(",", ".")) / 100
        yield _Told(share, False, _EXACT, value_of(found["part"]), "", "", found)


def _fits(told: _Told, whole: float) -> bool:
    if not whole:
        return True
    share = told.part / whole
    if told.least:
        return told.share - 0.005 <= share <= 1.6 * told.share
    return abs(share - told.share) <= told.margin * max(told.share, 0.3 if whole < _NEAR else 0)


def _likely(told: _Told, every: list[Amount], text: str) -> list[Amount]:
    """Return the numbers before a part that may be its whole: of its things, or right before it."""
    at = told.found.start()
    meant = told.part / told.share
    near = [
        it
        for it in every
        if it.unit == told.unit
        and it.start < at
        and it.value > told.part
        and _NEAR_LEAST * meant <= it.value <= _NEAR_MOST * meant
    ][-_MOST:]
    roots = _roots(told.of)
    if roots and not _OF_THEM.search(told.of):
        same = [it for it in near if roots & _roots(_behind(text, it))]
        return same or [it for it in near if told.unit and at - it.end < _NEAR]
    return [it for it in near if at - it.end < _NEAR]


def _behind(text: str, amount: Amount) -> str:
    found = _BEHIND.match(text, amount.end)
    return found[0] if found else ""


def _roots(words: str) -> set[str]:
    return {folded(it).rstrip("sx") for it in _WORD.findall(words)}


def _words_of(text: str, amount: Amount) -> str:
    return text[amount.start : amount.end] + _behind(text, amount)


def _twice(told: _Told, whole: str) -> ToldTwice:
    return ToldTwice(" ".join(told.found[0].strip(" (").split()), whole, told.found.start("part"))
