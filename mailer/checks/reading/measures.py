"""Find in prose what is measured: areas, lengths, sums, shares, durations, ages, and small counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.unquoted import without_quotations
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.prose import Passage

_UNITS = {
    "m²": r"m²|m2|square met(?:re|er)s?|sq\.? ?m|mètres? carrés?",
    "ha": r"hectares?|ha",
    "acre": r"acres?",
    "km²": r"km²|km2|square kilomet(?:re|er)s?|kilomètres? carrés?",
    "km": r"km|kilomet(?:re|er)s?|kilomètres?",
    "mile": r"miles?",
    "m": r"m|met(?:re|er)s?|mètres?",
    "t": r"tonnes?|tons?",
    "MW": r"MW|megawatts?|mégawatts?",
    "€": r"€|euros?",
    "£": r"£|pounds?",
    "$": r"\$|dollars?",
    "min": r"minutes?",
    "h": r"hours?|heures?",
    "day": r"days?|jours?|journées?",
    "week": r"weeks?|semaines?",
    "month": r"months?|mois",
    "year": r"years?|ans|années?",
}
"""Each unit, as texts write it. An hour of the day is none: `9 h`."""
_DURATIONS = frozenset({"min", "h", "day", "week", "month", "year"})
_SMALL = {
    word: number
    for language in LANGUAGES
    if language.phrases
    for word, number in language.phrases.small_number_words.items()
}
_WORDS = {
    word: number
    for language in LANGUAGES
    if language.phrases
    for word, number in language.phrases.number_words.items()
} | _SMALL
_IN_WORDS = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) or "(?!)"
_NUMBER = rf"(?:\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}}(?!\d)|,\d{{3}}(?!\d))+|\d+)(?:[.,]\d{{1,2}}(?!\d))?|(?i:\b(?:{_IN_WORDS}))"
_SPACE = r"[ \u00a0\u202f\n]*"
_SCALES = {"million": 6, "milliard": 9, "billion": 9, "bn": 9, "m": 6}
_UNIT = "|".join(f"(?P<u{n}>{pattern})" for n, pattern in enumerate(_UNITS.values()))
_MEASURE = re.compile(
    rf"(?<![\w.,:/-])(?P<number>{_NUMBER})[ \u00a0\u202f\n-]*"
    rf"(?:(?P<scale>(?i:millions?|milliards?|billions?)){_SPACE}(?:d[’']|de |of )?)?(?:{_UNIT})(?![\w²-])"
)
_SUM = re.compile(
    rf"(?P<sign>[£$€])(?P<number>\d[\d,]*(?:\.\d+)?){_SPACE}(?P<scale>(?i:millions?|billions?|bn|m)(?!\w))?"
)
_SHARE = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:[.,]\d)?){_SPACE}(?:%|per ?cent|pour ?cent)(?:{_SPACE}(?:(?:of|des|de|du)[ \u00a0]"
    r"(?:(?:the|la|les?|its|ses|our|nos)[ \u00a0])?|d[’'])(?P<noun>[^\W\d_]{4,}))?"
)
_AGE = re.compile(
    r"(?P<name>[A-ZÀ-ÖØ-Þ][\w’'-]+ [A-ZÀ-ÖØ-Þ][\w’'-]+),? (?:\(|aged |âgée? de |a |is )?(?P<number>\d{1,3})"
    r"(?=(?: ans| years old)|[,)])"
)
_COUNT = re.compile(
    rf"(?<![\w.,:/-])(?P<number>[2-9]|(?i:{'|'.join(_SMALL)}))[ \u00a0]+(?P<noun>[^\W\d_]{{4,}})(?![\w-])"
)
_MEASURED = re.compile(in_any_language(lambda phrases: phrases.measured))
_BEFORE_NOUN = re.compile(in_any_language(lambda phrases: phrases.before_noun))
_DEFINITE = re.compile(
    rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.definite)}|(?-i:That|This|These)|these|those)[ \u00a0\n]+\Z",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    rf"(?i)(?:capacit[éy](?: \w+)? (?:de|d[’']|of)|(?:accueillir|contenir|contient|accueille|hold|seat|holds|seats)(?: up to| jusqu[’']à)?)"
    rf"[ \u00a0](?P<number>{_NUMBER})[ \u00a0](?P<noun>personnes?|places?|spectateurs?|people|persons?|seats?|visitors?|visiteurs?)"
)
_BEFORE = 40


@dataclass(frozen=True, slots=True)
class MeasureInText:
    """A number of units, from `start` to `end` in its passage. `of` is what it belongs to: a unit,
    a noun, a person. A definite one has been spoken of.
    """

    value: float
    of: str
    words: str
    start: int
    end: int
    is_definite: bool
    is_duration: bool = False
    is_sure: bool = False
    """Whether two different ones of a text contradict each other whatever else is said."""


def measures(passage: Passage) -> Iterator[MeasureInText]:
    """Yield the measures of a text outside quotations, in their order."""
    text = without_quotations(passage.text)
    return iter(sorted(_found(text), key=lambda it: it.start))


def _found(text: str) -> Iterator[MeasureInText]:
    units = list(_UNITS)
    for found in _MEASURE.finditer(text):
        unit = next(units[n] for n in range(len(units)) if found[f"u{n}"])
        yield _measure(text, found, unit, is_duration=unit in _DURATIONS)
    for found in _SUM.finditer(text):
        yield _measure(text, found, found["sign"])
    for found in _SHARE.finditer(text):
        noun = folded(found["noun"] or "").rstrip("sx")
        yield _measure(text, found, f"% {noun}".strip())
    for found in _AGE.finditer(text):
        yield _measure(text, found, folded(found["name"]), is_sure=True)
    for found in _CAPACITY.finditer(text):
        yield _measure(text, found, "capacity")
    for found in _COUNT.finditer(text):
        noun = found["noun"]
        if not _MEASURED.fullmatch(noun) and not _BEFORE_NOUN.fullmatch(noun):
            yield _measure(text, found, f"# {folded(noun).rstrip('sx')}")


def _measure(
    text: str,
    found: re.Match[str],
    of: str,
    *,
    is_duration: bool = False,
    is_sure: bool = False,
) -> MeasureInText:
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    scale = (found.groupdict().get("scale") or "").lower().rstrip("s")
    return MeasureInText(
        _value(found["number"]) * 10 ** _SCALES.get(scale, 0),
        of,
        " ".join(found[0].split()),
        found.start(),
        found.end(),
        bool(_DEFINITE.search(before)),
        is_duration,
        is_sure,
    )


def _value(number: str) -> float:
    if in_words := _WORDS.get(number.lower()):
        return in_words
    plain = re.sub(r"[ \u00a0\u202f]|,(?=\d{3}(?!\d))", "", number)
    return float(plain.replace(",", "."))
