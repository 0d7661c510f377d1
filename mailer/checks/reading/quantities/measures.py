"""Find in prose what is measured: areas, lengths, sums, shares, durations, ages, and small counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.durations import durations
from mailer.checks.reading.texts.phrases import in_any_language, one_of
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

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
    "day": r"days?|jours?|journées?",
    "week": r"weeks?|semaines?",
    "month": r"months?|mois",
    "year": r"years?|ans|années?",
}
"""Each unit, as texts write it."""
_SQUARE_METRES = {"m²": 1, "ha": 10_000, "km²": 1_000_000}
_DURATIONS = frozenset({"day", "week", "month", "year"})
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
_IN_WORDS = one_of(_WORDS)
_NUMBER = rf"(?:\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}}(?!\d)|,\d{{3}}(?!\d))+|\d+)(?:[.,]\d{{1,2}}(?!\d))?|(?i:\b(?:{_IN_WORDS}))"
_SPACE = r"[ \u00a0\u202f\n]*"
_SCALES = {"million": 6, "milliard": 9, "billion": 9, "bn": 9, "m": 6, "k": 3}
_UNIT = "|".join(f"(?P<u{n}>{pattern})" for n, pattern in enumerate(_UNITS.values()))
_MEASURE = re.compile(
    rf"(?<![\w.,:/-])(?P<number>{_NUMBER})[ \u00a0\u202f\n-]*"
    rf"(?:(?P<scale>(?i:millions?|milliards?|billions?)|[Mk](?=€)){_SPACE}(?:d[’']|de |of )?)?(?:{_UNIT})(?![\w²-])"
)
_SUM = re.compile(
    rf"(?P<sign>[£$€])(?P<number>\d[\d,]*(?:\.\d+)?){_SPACE}(?P<scale>(?i:millions?|billions?|bn|m)(?!\w))?"
)
_OF = (
    rf"(?:{_SPACE}(?:of|des|de|du)[ \u00a0](?:(?:the|la|les?|its|ses|our|nos|these|ces)[ \u00a0])?"
    rf"|{_SPACE}d[’'])(?P<noun>[^\W\d_]{{4,}})"
)
_SHARE = RarePattern(
    rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:[.,]\d)?|(?i:\b(?:{_IN_WORDS}))){_SPACE}(?:%|per ?cent|pour ?cent)(?:{_OF})?",
    sign="%|per ?cent|pour ?cent",
)
_RATIO = RarePattern(
    rf"(?i)(?<![\w.,])(?P<number>\d{{1,2}}|une?|one|{_IN_WORDS})[ \u00a0](?:(?P<before>[^\W\d_]{{4,}})[ \u00a0])?"
    rf"(?:sur|in|out of)[ \u00a0](?:every[ \u00a0])?(?P<whole>10|100|[2-9]|cent|a hundred|{_IN_WORDS})(?![\w-])"
    r"(?(before)|(?:[ \u00a0](?P<noun>[^\W\d_]{4,}))?)",
    sign=rf"(?i)[ \u00a0](?:sur|in|out of)[ \u00a0](?:every[ \u00a0])?(?:10|100|[2-9]|cent|a hundred|{_IN_WORDS})(?![\w-])",
)
_NAME = r"(?P<name>[A-ZÀ-ÖØ-Þ][\w’'-]+ [A-ZÀ-ÖØ-Þ][\w’'-]+)"
_AGES = (
    re.compile(
        rf"{_NAME},? (?:\(|aged |âgée? de |a |is )?(?P<number>\d{{1,3}})(?=(?: ans| years old)|[,)])"
    ),
    re.compile(
        rf"(?:À|A|At) (?P<number>\d{{1,2}})(?: ans)?, {_NAME},? (?=est|dirige|reste|devient|is|leads|remains|becomes)"
    ),
    re.compile(rf"(?P<number>\d{{1,2}})-year-old (?:\w+ ){{0,2}}{_NAME}"),
    re.compile(
        rf"{_NAME} (?:fête|celebrates|turns) (?:ses |sa |her |his )?(?P<number>\d{{1,2}})(?: ans|th birthday|(?= this))"
    ),
)
_COUNT = re.compile(
    rf"(?<![\w.,:/-])(?P<number>[2-9]|(?i:{'|'.join(_SMALL)}))[ \u00a0]+"
    rf"(?:{in_any_language(lambda phrases: phrases.before_noun)}[ \u00a0]+)?(?P<noun>[^\W\d_]{{4,}})(?![\w-])"
)
_MEASURED = re.compile(in_any_language(lambda phrases: phrases.measured))
_BEFORE_NOUN = re.compile(in_any_language(lambda phrases: phrases.before_noun))
_DEFINITE = re.compile(
    rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.definite)}|\w[’']s|(?-i:That|This|These)|these|those)[ \u00a0\n]+\Z"
    r"|\b(?:cette|cet|ce)[ \u00a0][^\W\d_]+[ \u00a0](?:de[ \u00a0]|d[’'])\Z",
    re.IGNORECASE,
)
_CAPACITY = RarePattern(
    rf"(?i)(?:capacit[éy](?: \w+)? (?:de|d[’']|of)|(?:accueillir|contenir|contient|accueille|hold|seat|holds|seats)(?: up to| jusqu[’']à)?)"
    rf"[ \u00a0](?P<number>{_NUMBER})[ \u00a0](?P<noun>personnes?|places?|spectateurs?|people|persons?|seats?|visitors?|visiteurs?)",
    sign="(?i)capacit[éy]|accueil|conten|contien|hold|seat",
)
_EACH = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.at_each)}[ \u00a0\n]+\Z")
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
    owner: str = ""
    """What a duration or a share is of, folded; empty where that is not told."""
    unit: str = ""


def measures(passage: Passage) -> tuple[MeasureInText, ...]:
    """Return the measures of a text outside quotations, in their order."""
    return _measures(passage.text)


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def _measures(text: str) -> tuple[MeasureInText, ...]:
    text = without_quotations(text)
    found = list(_found(text))
    counts = (it for it in _counts(text) if not any(x.start <= it.start < x.end for x in found))
    return tuple(sorted((*found, *counts), key=lambda it: it.start))


def _found(text: str) -> Iterator[MeasureInText]:
    units = list(_UNITS)
    for found in _MEASURE.finditer(text):
        unit = next(units[n] for n in range(len(units)) if found[f"u{n}"])
        times = _SQUARE_METRES.get(unit, 1)
        of = "m²" if unit in _SQUARE_METRES else unit
        scale = _SCALES.get((found["scale"] or "").lower().rstrip("s"), 0)
        value = _value(found["number"]) * times * 10**scale
        yield _measure(text, found, of, value, is_duration=unit in _DURATIONS, unit=unit)
    for found in _SUM.finditer(text):
        scale = _SCALES.get((found["scale"] or "").lower().rstrip("s"), 0)
        yield _measure(text, found, found["sign"], _value(found["number"]) * 10**scale)
    for length in durations(text, _WORDS):
        if _EACH.search(text, max(0, length.start - _BEFORE), length.start):
            continue  # how often something comes is not how long it takes
        yield MeasureInText(
            length.minutes,
            "min",
            " ".join(text[length.start : length.end].split()),
            length.start,
            length.end,
            is_definite=_is_definite(text, length.start),
            is_duration=True,
            owner=length.owner,
        )
    yield from _shares(text)
    for pattern in _AGES:
        for found in pattern.finditer(text):
            yield _measure(text, found, folded(found["name"]), is_sure=True)
    for found in _CAPACITY.finditer(text):
        yield _measure(text, found, "capacity")


def _counts(text: str) -> Iterator[MeasureInText]:
    for found in _COUNT.finditer(text):
        noun = found["noun"]
        if not _MEASURED.fullmatch(noun) and not _BEFORE_NOUN.fullmatch(noun):
            yield _measure(text, found, f"# {folded(noun).rstrip('sx')}")


def _shares(text: str) -> Iterator[MeasureInText]:
    for found in _SHARE.finditer(text):
        yield _measure(text, found, "%", owner=_singular(found["noun"]))
    for found in _RATIO.finditer(text):
        part, whole = (1 if it in {"un", "une", "one"} else _value(it) for it in _terms(found))
        if part < whole and (found["before"] or found["noun"]):
            owner = _singular(found["before"] or found["noun"])
            yield _measure(text, found, "%", round(100 * part / whole), owner=owner)


def _terms(found: re.Match[str]) -> tuple[str, str]:
    whole = found["whole"].lower()
    return found["number"].lower(), "100" if whole in {"cent", "a hundred"} else whole


def _singular(noun: str | None) -> str:
    return folded(noun or "").rstrip("sx")


def _measure(
    text: str,
    found: re.Match[str],
    of: str,
    value: float | None = None,
    *,
    is_duration: bool = False,
    is_sure: bool = False,
    owner: str = "",
    unit: str = "",
) -> MeasureInText:
    return MeasureInText(
        _value(found["number"]) if value is None else value,
        of,
        " ".join(found[0].split()),
        found.start(),
        found.end(),
        is_definite=_is_definite(text, found.start()),
        is_duration=is_duration,
        is_sure=is_sure,
        owner=owner,
        unit=unit,
    )


def _is_definite(text: str, start: int) -> bool:
    return bool(_DEFINITE.search(text, max(0, start - _BEFORE), start))


def _value(number: str) -> float:
    if in_words := _WORDS.get(number.lower()):
        return in_words
    plain = re.sub(r"[ \u00a0\u202f]|,(?=\d{3}(?!\d))", "", number)
    return float(plain.replace(",", "."))
