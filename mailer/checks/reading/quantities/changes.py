"""Find what is told to rise and falls, and changes that are not those of their two figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import value_of
from mailer.checks.reading.texts.rare import RarePattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_UP = r"augment\w*|progress\w*|hausses?|croissance|accroissement|gr[eo]w\w*|rise[sn]?|rose|rising|increas\w*|up|climb\w*|gains?|plus élevée?s?"
_DOWN = r"baiss\w*|recul\w*|diminu\w*|chut\w*|réduction|réduit\w*|fall\w*|fell|drop\w*|decreas\w*|declin\w*|cut|down|reduc\w*|shr[aiu]nk\w*"
_TIMES = {"doubl": 2, "tripl": 3, "quadrupl": 4, "halv": 0.5}
_MULTIPLIES = r"doubl(?:e[sd]?|é|és|er|ing|ement|ent)|tripl(?:e[sd]?|é|és|er|ing|ent)|quadrupl\w+|halv(?:e[sd]?|ing)"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f,]\d{3}(?!\d))+|\d+(?:[.,]\d{1,2}(?!\d))?"
_HOUR = r"\d{1,2}[ \u00a0]h(?:[ \u00a0]\d\d)?(?!\w)"
_A = rf"[£$€]?(?:{_HOUR}|{_NUMBER})(?:[ \u00a0\u202f]?(?:millions?|milliards?|bn|m|%|€|min(?:utes)?|points?)(?!\w))?"
_PERCENT = r"\d[ \u00a0\u202f]?%"
_FROM_TO = RarePattern(
    rf"(?P<way>(?i:\b(?:{_UP}|{_DOWN}|{_MULTIPLIES}|pass(?:e|é|ée|és|ées|ent|er|era|ant|ait))\b)[^.;\n]{{0,70}}?)?"
    rf"(?i:\bde|\bdu|\bd[’']|\bfrom)[ \u00a0](?P<first>{_A})(?:[ \u00a0](?!to\b|à\b)[^\d.;,()\n]{{1,30}}?|[ \u00a0](?:in|en)[ \u00a0]\d{{4}})?(?:,)?[ \u00a0](?i:à|to)[ \u00a0](?P<last>{_A})"
    rf"(?P<then>[^.;\d\n]{{0,60}}?(?P<word>(?i:\b(?:{_UP}|{_DOWN})\b))[ \u00a0](?:de|d[’']|of|by)[ \u00a0]?(?P<share>\d{{1,3}}(?:[.,]\d)?)[ \u00a0\u202f]?%)?",
    sign=r"[ \u00a0](?i:à|to)[ \u00a0][£$€]?\d",
)
_THEN_FROM = RarePattern(
    rf"(?P<last>{_A})(?P<mid>[^;\n]{{0,70}}?)(?P<way>(?i:\b(?:{_UP}|{_DOWN})\b))[ \u00a0](?:(?:de|d[’']|of|by)[ \u00a0])?(?P<share>\d{{1,3}}(?:[.,]\d)?)[ \u00a0\u202f]?%"
    rf"[ \u00a0](?:from|par rapport à|sur|against|on|compared with)[ \u00a0](?:(?:19|20)\d\d[ \u00a0]\(|[^\d.;()\n]{{0,20}}?)(?P<first>{_A})",
    sign=_PERCENT,
)
_AGAINST = RarePattern(
    rf"(?P<last>{_NUMBER})[ \u00a0][^\d.;\n]{{2,50}}?,?[ \u00a0](?:contre|against|compared with|up from|down from)[ \u00a0](?P<first>{_NUMBER})[^.;\d%\n]{{0,20}}(?:(?:19|20)\d\d)?[^.;\d%\n]{{0,30}}?"
    rf"(?P<way>(?i:\b(?:{_UP}|{_DOWN})\b))[ \u00a0](?:de|d[’']|of|by)[ \u00a0]?(?P<share>\d{{1,3}}(?:[.,]\d)?)[ \u00a0\u202f]?%",
    sign=_PERCENT,
)
_MORE_THAN = RarePattern(
    rf"(?P<last>{_NUMBER})(?:[ \u00a0][^\d.;:,(\n]{{2,60}})?(?:,|[ \u00a0]\(|[ \u00a0][–—])[ \u00a0]?(?:(?:soit|or|that is,?)[ \u00a0])?"
    rf"(?P<share>\d{{1,3}}(?:[.,]\d)?)[ \u00a0\u202f]?%[ \u00a0](?P<way>de plus|de moins|more|fewer|less)[ \u00a0](?:que?[ \u00a0]|qu[’']|than[ \u00a0])"
    rf"[^\d.;,(\n]{{0,25}}(?:(?:19|20)\d\d[ \u00a0]\()?(?P<first>{_NUMBER})\)?",
    sign=_PERCENT,
)
"""`3,200 seats, 45% more than in 2016 (2,100)`"""
_FAR = 4
"""How many times one figure may be the other, to be of the same things."""
_MORE = frozenset({"de plus", "more"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIMES_MORE = RarePattern(
    rf"(?P<last>{_NUMBER})[ \u00a0][^\d.;:\n]{{2,60}}?(?P<times>(?i:deux|trois|quatre|twice|three times|four times))[ \u00a0](?:fois[ \u00a0]plus|as many|as much)[ \u00a0](?:qu[’']|que|as)[^\d.;\n]{{0,25}}(?:(?:19|20)\d\d)?[ \u00a0]?\((?P<first>{_NUMBER})\)",
    sign=r"fois[ \u00a0]plus|as many|as much",
)
_TIMES_IN_WORDS = {
    "deux": 2,
    "twice": 2,
    "trois": 3,
    "three times": 3,
    "quatre": 4,
    "four times": 4,
}
_IS_UP = re.compile(rf"(?i)\b(?:{_UP})\b")
_IS_DOWN = re.compile(rf"(?i)\b(?:{_DOWN})\b")
_IS_TIMES = re.compile(rf"(?i)\b(?:{_MULTIPLIES})\b")
_ABOUT = re.compile(
    r"(?i)\b(?:près de|presque|environ|plus (?:de|que)|nearly|almost|about|more than|over)\b"
)
_POINTS, _PART = 1.0, 0.04
_SHARE_BEFORE = re.compile(_PERCENT)
_YEARS = (1900, 2100)


def changes_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield what is told to rise, fall or double and does not so between its figures."""
    seen: set[int] = set()
    for found in (
        *_THEN_FROM.finditer(text),
        *_AGAINST.finditer(text),
        *_FROM_TO.finditer(text),
    ):
        first, last = _value(found["first"]), _value(found["last"])
        is_years = all(_YEARS[0] <= it <= _YEARS[1] for it in (first, last))
        if not first or is_years or found.start("first") in seen or not _are_alike(found):
            continue
        seen.add(found.start("first"))
        if _contradicts(found, first, last):
            words = " ".join(found[0].split())
            yield ToldTwice(words, f"{found['first']} → {found['last']}", found.start())
    yield from _more_than(text)
    for found in _TIMES_MORE.finditer(text):
        times = value_of(found["last"]) / max(value_of(found["first"]), 1)
        if abs(times - _TIMES_IN_WORDS[found["times"].lower()]) > 0.2:
            words = " ".join(found[0].split())
            yield ToldTwice(words, f"{found['first']} → {found['last']}", found.start())


def _more_than(text: str) -> Iterator[ToldTwice]:
    """Yield a share of the figure before it that is not that of the one behind it."""
    for found in _MORE_THAN.finditer(text):
        first, last = value_of(found["first"]), value_of(found["last"])
        is_near = 0 < first <= _FAR * last and last <= _FAR * first
        if not is_near or _YEAR.fullmatch(found["first"]):
            continue
        change = (last / first - 1) * (100 if found["way"] in _MORE else -100)
        share = value_of(found["share"])
        if abs(change - share) > max(_POINTS, _PART * share):
            words = " ".join(found[0].split())
            yield ToldTwice(words, f"{found['first']} → {found['last']}", found.start())


def _are_alike(found: re.Match[str]) -> bool:
    """Return whether two figures are of one unit; a bare one takes that of the other."""
    first, last = found["first"], found["last"]
    is_time = ["h" in it or "min" in it for it in (first, last)]
    return is_time[0] == is_time[1] and not ("%" in first and "%" not in last)


def _contradicts(found: re.Match[str], first: float, last: float) -> bool:
    way = found["way"] or ""
    said = way if "word" not in found.re.groupindex else f"{way} {found['word'] or ''}"
    is_up, is_down = bool(_IS_UP.search(said)), bool(_IS_DOWN.search(said))
    if is_up != is_down and ((is_up and last < first) or (is_down and last > first)):
        return True
    if (times := _IS_TIMES.search(way)) and not _SHARE_BEFORE.search(way):
        meant = next(n for word, n in _TIMES.items() if times[0].lower().startswith(word))
        return abs(last / first - meant) > (0.35 if _ABOUT.search(way) else 0.15) * meant
    if not found["share"] or is_up == is_down:
        return False
    share = float(found["share"].replace(",", "."))
    change = abs(last - first) / first * 100
    return abs(change - share) > max(_POINTS, _PART * share)


def _value(words: str) -> float:
    """Return the value of a figure; of a time in minutes, and of a sum in ones."""
    if hour := re.match(r"(\d+)[ \u00a0]h(?:[ \u00a0](\d\d))?", words):
        return 60 * int(hour[1]) + int(hour[2] or 0)
    number = re.search(_NUMBER, words)
    scale = 9 if "milliard" in words or "bn" in words else 6 if "million" in words else 0
    return value_of(number[0].rstrip(",")) * 10**scale if number else 0.0
