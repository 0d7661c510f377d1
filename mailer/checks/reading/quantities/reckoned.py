"""Find figures of one sentence that can be reckoned from others of it and are not so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern
from mailer.languages import LANGUAGES, MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = "[ \u00a0\u202f]"
_N = rf"(?<![\w.,:/-])(?:{NUMBER})(?![.,]?\d)"
_FROM, _TO = r"(?i:\bde|\bd[’']|\bdu|\bfrom|\bbetween|\bentre)", r"(?i:à|au|to|et|and|until)"
_CHANGE = RarePattern(
    rf"(?P<share>\d{{1,3}}(?:[.,]\d{{1,2}})?){_SPACE}?(?:%|per ?cent\b|pour ?cent\b)[^.;%\n]{{0,50}}?"
    rf"(?i:\bpass(?:e|ent|é|ée|és|ant|era|eront){_SPACE}de|\bfrom){_SPACE}(?P<first>{_N})(?:{_SPACE}[^\W\d_]+)?{_SPACE}{_TO}{_SPACE}(?P<last>{_N})(?!{_SPACE}?(?:%|h\b|am\b|pm\b)|{_SPACE}(?:per|pour|ans|years)\b)",
    sign=r"(?:%|per ?cent\b|pour ?cent\b)",
)
_MONTH = rf"(?:\d{{1,2}}{_SPACE})?(?i:{MONTHS}){_SPACE}"
_YEARS = RarePattern(
    rf"(?P<number>{_N}){_SPACE}(?i:ans|years|années)(?:,|{_SPACE}\(|{_SPACE}[–—])?{_SPACE}?{_FROM}{_SPACE}"
    rf"(?P<month>{_MONTH})?(?P<first>(?:19|20)\d\d){_SPACE}{_TO}{_SPACE}(?P<until>{_MONTH})?(?P<last>(?:19|20)\d\d)(?!\d)",
    sign=rf"{_SPACE}(?:19|20)\d\d{_SPACE}{_TO}{_SPACE}",
)
_WEEKDAYS = [language.date_patterns.weekdays for language in LANGUAGES if language.date_patterns]
_DAY = "|".join(name for names in _WEEKDAYS for name in names)
_DAYS = RarePattern(
    rf"(?P<number>{_N}){_SPACE}(?:jours|days)(?:{_SPACE}(?:a|per|par){_SPACE}(?:week|semaine)|{_SPACE}sur{_SPACE}sept)?,?{_SPACE}"
    rf"(?:du|from|de){_SPACE}(?P<first>(?i:{_DAY})){_SPACE}(?:au|to|à){_SPACE}(?P<last>(?i:{_DAY}))(?!\w|{_SPACE}\d)",
    sign=rf"(?:du|from|de){_SPACE}(?i:{_DAY}){_SPACE}(?:au|to|à){_SPACE}",
)
_SUM = r"\d[\d ,.\u00a0\u202f]*\d"
_CURRENCY = rf"(?:{_SPACE}?(?:€|euros?|pounds?|dollars?))?"
_EACH = RarePattern(
    rf"[£$€]?(?P<whole>{_SUM}){_CURRENCY}{_SPACE}[^.;\d\n]{{0,20}}?(?:sur|en|over|for|in|pendant){_SPACE}(?P<number>{_N}){_SPACE}(?:ans|years)"
    rf"[,]?{_SPACE}(?:\(|or{_SPACE}|soit{_SPACE}|that is{_SPACE})*[£$€]?(?P<each>{_SUM}){_CURRENCY}{_SPACE}(?:par an|chaque année|an?{_SPACE}year|per year|each year|every year)",
    sign=rf"(?:par an|chaque année|an?{_SPACE}year|per year|each year|every year)",
)
_BORN = RarePattern(
    rf"(?<!\w){in_any_language(lambda phrases: phrases.born)}{_SPACE}(?:en|in){_SPACE}(?P<year>(?:19|20)\d\d)"
    rf"{_SPACE}?(?:and|et|;|,){_SPACE}(?:(?i:he|she|it|il|elle){_SPACE})?(?:is|a|est){_SPACE}(?:(?:now|aujourd[’']hui|maintenant){_SPACE})?(?P<age>{_N}){_SPACE}(?:years old|ans)(?!\w)",
    sign=rf"(?<!\w){in_any_language(lambda phrases: phrases.born)}{_SPACE}(?:en|in){_SPACE}(?:19|20)\d\d",
)
_ABOUT = 2.0
"""In points: a share may be rounded so far."""
_NEAR = 0.04
_WEEK = 7
_TWO_WORDS = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*[^\s;]*(?:\s[^\s,;.]+)?|\S+\s[^\s,;.]+")


def reckoned_otherwise(text: str, *, year: int) -> Iterator[ToldTwice]:
    """Yield a share that is not that of its change, a number of years or days that is not that of its
    span, a sum a year that is not its part of the whole, and an age that no birth gives.
    """
    yield from _changes(text)
    yield from _spans(text)
    for found in _DAYS.finditer(text):
        days = (_weekday(found["last"]) - _weekday(found["first"])) % 7 + 1
        if days != value_of(found["number"]) <= _WEEK:
            yield _told(found, "number", f"{found['first']} – {found['last']}")
    for found in _EACH.finditer(text):
        whole, each = (value_of(found[it].rstrip(",. ")) for it in ("whole", "each"))
        if abs(whole / value_of(found["number"]) - each) > _NEAR * each:
            yield _told(found, "each", f"{found['whole'].strip()} / {found['number']}")
    for found in _BORN.finditer(text):
        if not 0 <= year - int(found["year"]) - value_of(found["age"]) <= 1:
            yield _told(found, "age", found["year"])


def _changes(text: str) -> Iterator[ToldTwice]:
    for found in _CHANGE.finditer(text):
        share, first, last = (
            value_of(found[it].replace(".", ",") if it == "share" else found[it])
            for it in ("share", "first", "last")
        )
        is_year = {len(str(int(it))) for it in (first, last)} == {4} and max(first, last) < 2101
        change = abs(last - first) / first * 100 if first else share
        if not is_year and abs(change - share) > max(_ABOUT, _NEAR * share):
            yield _told(found, "share", f"{found['first']} → {found['last']}")


def _spans(text: str) -> Iterator[ToldTwice]:
    for found in _YEARS.finditer(text):
        years, told = int(found["last"]) - int(found["first"]), value_of(found["number"])
        margin = 1 if not found["month"] or not found["until"] else 0.99
        if not (years - margin < told < years + margin or told in {years, years + 1}):
            yield _told(found, "number", f"{found['first']} – {found['last']}")


def _told(found: re.Match[str], group: str, other: str) -> ToldTwice:
    """Return what the group begins with, and the word behind it."""
    start = found.start(group)
    words = _TWO_WORDS.match(found.string, start)
    return ToldTwice(" ".join((words or found)[0].split()), other, start)


def _weekday(name: str) -> int:
    named = ((n, it) for names in _WEEKDAYS for n, it in enumerate(names))
    return next(n for n, it in named if it.lower() == name.lower())
