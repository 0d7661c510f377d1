"""Find in prose how many there are of something: `120 premières images`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.numbers import HUNDRED, WORDS, value_of
from mailer.checks.reading.texts.phrases import in_any_language, one_of
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

_NUMBERS = {
    word: number
    for language in LANGUAGES
    if language.phrases
    for word, number in language.phrases.number_words.items()
}
_SMALL = [
    re.escape(word)
    for language in LANGUAGES
    if language.phrases
    for word in language.phrases.small_number_words
]
_IN_WORDS = one_of(_NUMBERS)
_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3}|,\d{3}(?!\d))+|\d{2,}"
    rf"|(?i:{HUNDRED}{_IN_WORDS}))[ \u00a0\n]+"
    r"(?:de[ \u00a0]|d[’'])?"
    rf"(?:{in_any_language(lambda phrases: phrases.before_noun)}[ \u00a0\n]+)?"
    r"(?P<noun>[^\W\d_]{4,})(?![\w-])"
    r"(?P<of>\s+(?!d[’']ici\b)(?:(?:de|du|des|of|from|aged?|âgé\w+)\s+|d[’']\s*)(?:(?:the|la|les?|l[’'])\s*)?[^\W\d]\w*)?"
)
_MEASURED = re.compile(in_any_language(lambda phrases: phrases.measured))
_COUNTED_ANEW = re.compile(in_any_language(lambda phrases: phrases.counted_anew))
_DEFINITE = re.compile(
    rf"(?:(?<!\w){in_any_language(lambda phrases: phrases.definite)}|\w[’']s)[ \u00a0\n]+\Z"
)
_OF_WHOLE = re.compile(
    r"(?i)\b(?:le|la|l[’']|ce|cet|cette|the|this)[ \u00a0]?[^\W\d_]{4,}[ \u00a0](?:de|of)[ \u00a0\n]+\Z|(?:\A|[.!?»”][ \u00a0]|\n)(?:avec|with)[ \u00a0\n]+\Z"
)
"""Before a number of all things of a whole: `le parcours de`, or of all that take part: `Avec`."""
_PART = re.compile(rf"(?<!\w){in_any_language(lambda phrases: phrases.part_of)}[^.;:!?]{{0,30}}\Z")
_ALIKE = [
    re.compile(f"(?i:{words})")
    for language in LANGUAGES
    if language.phrases
    for words in language.phrases.counted_alike
]
_COLLECTIVE = re.compile(
    rf"(?<!\w)(?P<noun>{in_any_language(lambda phrases: phrases.collective)})(?:[ \u00a0]+(?:de|du|of)(?:[ \u00a0](?:la|the))?[ \u00a0]+[^\W\d_]+)?"
    r"[ \u00a0]*(?::|of|de|is|was|was of|est de|est|était de|a atteint|atteint|reached|stands at|s[’']élève à)[ \u00a0]+"
    r"(?P<number>\d{1,3}(?:[ \u00a0\u202f,]\d{3})+|\d{3,})(?!\d|[,.]\d)",
)
_RATIO = RarePattern(
    rf"(?i)\b(?:une?|one|\d{{1,2}}|{_IN_WORDS}|{'|'.join(_SMALL)})[ \u00a0](?:\w+[ \u00a0])?(?:sur|in|out of)[ \u00a0]\Z",
    sign=r"(?i)[ \u00a0](?:sur|in|out of)[ \u00a0]\Z",
)
"""Before the whole of a share: `one in ten residents`."""
_BEFORE = 60
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class FigureInText:
    """A number of things, from `start` in its passage.

    `counted` is what it counts, as written there; `noun` is that folded and without the sign of the
    plural; `of` limits it: `de Brest`. A definite one has been spoken of: `les 46 places`; a part is
    one of more: `dont 46 places`. What is `counted_anew` may be another one each time it is named.
    """

    number: str
    counted: str
    noun: str
    of: str
    start: int
    kind: str = ""
    """What the noun has in common with others that count the same: readers, readership."""
    is_definite: bool = False
    is_part: bool = False
    counted_anew: bool = False


def number_of(words: str) -> int | None:
    """Return a number of two digits or more, or one from ten on in words; else None."""
    if words.isdecimal():
        return int(words) if len(words) > 1 else None
    return _NUMBERS.get(words.lower())


def figures(passage: Passage) -> tuple[FigureInText, ...]:
    """Return the figures of a text outside quotations, but for measures and years."""
    return _figures(passage.text)


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def _figures(text: str) -> tuple[FigureInText, ...]:
    every = (*_outside_quotations(without_quotations(text)), *_collective(without_quotations(text)))
    return tuple(sorted(every, key=lambda it: it.start))


def _collective(text: str) -> Iterator[FigureInText]:
    """Yield the numbers that follow the name of a crowd: `a readership of 12,000`."""
    for found in _COLLECTIVE.finditer(text):
        noun, number = found["noun"], re.sub(r"\D", "", found["number"])
        yield FigureInText(
            number,
            noun,
            folded(noun),
            "",
            found.start("number"),
            kind=_kind(noun),
            counted_anew=True,
        )


def _limit(words: str) -> str:
    """Return what limits things; nothing where it only says how many each are: `teams of seven`."""
    limit = folded(words).strip()
    last = limit.rpartition(" ")[2]
    return "" if last.isdecimal() or last in WORDS else limit


def _kind(noun: str) -> str:
    """Return which nouns count the same things as this one; the noun itself where none do."""
    alike = next((n for n, words in enumerate(_ALIKE) if words.fullmatch(noun)), None)
    return folded(noun).rstrip("sx") if alike is None else str(alike)


def _outside_quotations(text: str) -> Iterator[FigureInText]:
    for found in _FIGURE.finditer(text):
        number = f"{value_of(found['number']):.0f}"
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        is_year = found["number"].isdecimal() and int(number) in _YEARS
        is_anew = bool(_COUNTED_ANEW.fullmatch(found["noun"]))
        is_ratio = bool(_RATIO.search(before))
        is_postcode = re.fullmatch(r"\d{5} [A-ZÀ-Þ].*", f"{found['number']} {found['noun']}")
        if not (is_year or is_ratio or is_postcode or _MEASURED.fullmatch(found["noun"])):
            yield FigureInText(
                number,
                found["noun"],
                folded(found["noun"]).rstrip("sx"),
                _limit(found["of"] or ""),
                found.start(),
                kind=_kind(found["noun"]),
                is_definite=bool(
                    _DEFINITE.search(before) or (_OF_WHOLE.search(before) and not is_anew)
                ),
                is_part=bool(_PART.search(before)),
                counted_anew=is_anew,
            )
