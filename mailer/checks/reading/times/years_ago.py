"""Find numbers of years that are not those since the year beside them, and spans of other lengths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.rare import RarePattern
from mailer.languages import LANGUAGES, MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_N = rf"(?P<number>{NUMBER}|(?i:a hundred(?: and \w+)?|cent(?:[ -]\w+)?))"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?!\d)"
_SINCE = RarePattern(
    rf"\b(?P<how>(?i:depuis|en|in|since))[ \u00a0](?:(?i:{MONTHS})[ \u00a0])?{_YEAR}"
    rf"(?:,[ \u00a0]|[ \u00a0]\(|[ \u00a0][–—][ \u00a0])(?P<link>(?i:soit |il y a |that is |or |for |already |almost |nearly |près de |plus de |over |more than |soit près de )*){_N}[ \u00a0](?i:ans|années|years)(?P<ago>[ \u00a0]ago)?",
    sign=rf"{_YEAR}(?:,[ \u00a0]|[ \u00a0]\(|[ \u00a0][–—][ \u00a0])[^\n]*?(?i:ans|années|years)",
)
_WHICH_BEGAN = RarePattern(
    rf"(?<![\w-]){_N}[ \u00a0](?i:ans|années|years)[ \u00a0](?i:sur|à|au|on|of|in|to)[ \u00a0][^.;\d\n]{{3,60}}?,?[ \u00a0](?i:which began|which started|begun|started|commencée?s?|débutée?s?|lancée?s?)[ \u00a0](?i:in|en)[ \u00a0]{_YEAR}",
    sign="(?i)(?:began|started|begun|commencée?s?|débutée?s?|lancée?s?)[ \u00a0](?:in|en)[ \u00a0]",
)
_SPAN = re.compile(
    r"\b(?i:de|entre|from|between)[ \u00a0](?P<first>(?:19|20)\d\d)[ \u00a0](?i:à|et|to|and)[ \u00a0](?P<last>(?:19|20)\d\d)(?!\d)"
)
_LASTS = RarePattern(
    rf"\b(?i:pendant|durant|over|during|for)[ \u00a0]{_N}[ \u00a0](?i:ans|années|years)(?!\w)|(?<![\w-])(?P<long>{NUMBER})-year (?i:study|survey|trial|project|programme|program|plan|inquiry)",
    sign=r"[ \u00a0](?i:ans|années|years)(?!\w)|-year ",
)
_MONTHS_SPAN = RarePattern(
    rf"(?P<number>{NUMBER})[ \u00a0](?P<unit>(?i:mois|months|ans|years))(?:,|[ \u00a0]?\(|[ \u00a0]?:)[ \u00a0]?(?i:(?:de|d[’']|du|from|between|entre)[ \u00a0]?)?(?:1er[ \u00a0])?"
    rf"(?P<m1>(?i:{MONTHS}))[ \u00a0](?P<y1>(?:19|20)\d\d)[ \u00a0](?i:à|et|au|to|and|until|–|-)[ \u00a0](?P<m2>(?i:{MONTHS}))[ \u00a0](?P<y2>(?:19|20)\d\d)",
    sign=r"(?:19|20)\d\d[ \u00a0](?i:à|et|au|to|and|until|–|-)[ \u00a0]",
)
_MONTH_NAMES = [
    [re.compile(f"(?i:{name})") for name in language.date_patterns.months]
    for language in LANGUAGES
    if language.date_patterns
]
_AHEAD = RarePattern(
    rf"(?<![\w.,:/-])(?P<number>{NUMBER})[ \u00a0](?P<unit>(?i:heures|hours))[ \u00a0](?:avant|before)[ \u00a0](?!le début|l[’']heure|the start|departure|le départ)",
    sign=r"(?i:heures|hours)[ \u00a0](?:avant|before)[ \u00a0]",
)
_ABOUT = re.compile(r"(?i)près|almost|nearly|plus|over|more")
_HUNDRED, _ALIKE = 100, 2.5
_HALF_A_YEAR = 6


def years_that_disagree(text: str, *, year: int) -> Iterator[ToldTwice]:
    """Yield each number of years that is not that since, or between, the years beside it."""
    for found in _SINCE.finditer(text):
        is_told = found["link"].strip() or found["ago"]
        told = _value(found["number"])
        since = year - int(found["year"])
        margin = max(1, 0.1 * since) if _ABOUT.search(found["link"]) else 0
        is_meant = (
            found["how"].lower() in {"depuis", "since"}
            or found["ago"]
            or "il y a" in found["link"].lower()
        )
        if is_told and is_meant and not since - 1 - margin <= told <= since + margin:
            yield _twice(found, "number", found["year"])
    for found in _WHICH_BEGAN.finditer(text):
        if year - int(found["year"]) + 1 < _value(found["number"]):
            yield _twice(found, "number", found["year"])
    yield from _of_spans(text)
    yield from _of_months(text)
    yield from _of_warnings(text)


def _of_spans(text: str) -> Iterator[ToldTwice]:
    """Yield the length of a study that is not that of the only span of years of the text."""
    spans = {(int(it["first"]), int(it["last"])) for it in _SPAN.finditer(text)}
    if len(spans) != 1:
        return
    ((first, last),) = spans
    for found in _LASTS.finditer(text):
        group = "long" if found["long"] else "number"
        told = _value(found[group])
        is_alike = told < _ALIKE * (last - first) and last - first < _ALIKE * told
        if is_alike and not last - first <= told <= last - first + 1:
            yield _twice(found, group, f"{first} – {last}")


def _of_warnings(text: str) -> Iterator[ToldTwice]:
    """Yield `three hours before the flood` where it was two."""
    first: re.Match[str] | None = None
    for found in _AHEAD.finditer(text):
        if first and value_of(first["number"]) != value_of(found["number"]):
            yield ToldTwice(found[0].strip(), first[0].strip(), found.start())
        first = first or found


def _of_months(text: str) -> Iterator[ToldTwice]:
    for found in _MONTHS_SPAN.finditer(text):
        first, last = (12 * int(found[f"y{n}"]) + _month(found[f"m{n}"]) for n in (1, 2))
        is_months = found["unit"].lower().startswith("m")
        told = value_of(found["number"]) * (1 if is_months else 12)
        margin = 0 if is_months else _HALF_A_YEAR
        if last > first and not last - first - margin <= told <= last - first + 1 + margin:
            period = " ".join(text[found.start("m1") : found.end("y2")].split())
            yield _twice(found, "number", period)


def _twice(found: re.Match[str], group: str, other: str) -> ToldTwice:
    start = found.start(group)
    words = found.string[start : start + 40].split()[:2]
    return ToldTwice(" ".join(words).rstrip(".,;"), other, start)


def _month(name: str) -> int:
    return next(n for names in _MONTH_NAMES for n, it in enumerate(names) if it.fullmatch(name))


def _value(number: str) -> float:
    """Return the value of a number; those over a hundred are also read in words."""
    lower = number.lower()
    for words in ("a hundred and ", "a hundred", "cent ", "cent-", "cent"):
        if lower.startswith(words):
            rest = lower.removeprefix(words).strip()
            try:
                return _HUNDRED + (value_of(rest) if rest else 0)
            except ValueError:
                return _HUNDRED
    return value_of(number)
