"""Find the sizes that a text tells of one thing, side by side: `24 metres long`, `28 metres long`."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_PHRASES = [language.phrases for language in LANGUAGES if language.phrases]
_SIDES = {
    side: "|".join(it.sides[side] for it in _PHRASES if side in it.sides)
    for side in sorted({side for it in _PHRASES for side in it.sides})
}
_SIDE = "|".join(f"(?P<{side}>{words})" for side, words in _SIDES.items())
_BEFORE = "|".join(
    f"(?P<{side}_first>{words})"
    for side, words in {
        "long": "long(?:ue)?s? de|longueur de|length of",
        "wide": "larges? de|largeur de|width of",
        "high": "hau(?:t|te|teur) de|height of",
        "deep": "profonde? de|profondeur de|depth of",
    }.items()
)
_A_UNIT = r"(?i:m|met(?:re|er)s?|mètres?|km|kilomet(?:re|er)s?|kilomètres?)"
_UNIT = rf"(?P<unit>{_A_UNIT})"
_SIZE = RarePattern(
    rf"(?<![\w.,:/-])(?P<number>{NUMBER})[ \u00a0-]?{_UNIT}[ \u00a0](?:{_SIDE})(?!\w)"
    rf"|(?<!\w)(?i:{_BEFORE})[ \u00a0](?P<number_too>{NUMBER})[ \u00a0]?"
    r"(?P<unit_too>(?i:m|mètres?|met(?:re|er)s?|km|kilomètres?|kilomet(?:re|er)s?))(?!\w)",
    sign=rf"(?<![^\W\d_]){_A_UNIT}[ \u00a0]|(?<!\w)(?i:{_BEFORE})[ \u00a0]",
)
_SUBJECT = re.compile(
    r"\W*(?i:(?:the|its|this|our|la|le|ce|cette|cet|son|sa|notre)[ \u00a0]|l[’'])(?:[a-zà-ÿ]+[ \u00a0]){0,2}?(?P<noun>[a-zà-ÿ]{3,})"
)
_NOUN = re.compile(r"[a-zà-ÿ]{3,}")
_PRONOUN = re.compile(r"\W*(?i:it|she|elle|il)\b")
_THINGS = [re.compile(f"(?i:{words})") for it in _PHRASES for words in it.sized_things]
_TWO = 2
_REACH = 60
"""Within how many letters of a sentence its first noun stands."""
_APART = matches(
    f"{in_any_language(lambda phrases: phrases.set_against)}|{in_any_language(lambda phrases: phrases.other_editions)}"
)


class _Size(NamedTuple):
    side: str
    metres: float
    things: frozenset[str]
    words: str
    start: int


def sizes_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield the second of two sizes of one thing; a third one says that there are several."""
    every = list(_sizes(text))
    for side in {it.side for it in every}:
        told = [it for it in every if it.side == side]
        if len({it.metres for it in told}) != _TWO:
            continue
        for one, other in combinations(told, 2):
            if one.metres != other.metres and one.things & other.things:
                yield ToldTwice(other.words, one.words, other.start)
                break


def _sizes(text: str) -> Iterator[_Size]:
    subject: frozenset[str] = frozenset()
    for words, start in sentences(text):
        noun = _SUBJECT.match(words)
        if noun:
            subject = _groups(words[noun.start() :][:_REACH])
        elif not _PRONOUN.match(words):
            subject = frozenset()
        if _APART.search(words):
            continue
        found = list(_SIZE.finditer(words))
        for each in found:
            yield _size(each, subject, start)


def _groups(words: str) -> frozenset[str]:
    """Return the groups of the first noun of a sentence that has a size; else its first noun."""
    for word in _NOUN.findall(words):
        if groups := {str(n) for n, nouns in enumerate(_THINGS) if nouns.fullmatch(word)}:
            return frozenset(groups)
    noun = _SUBJECT.match(words)
    return frozenset({folded(noun["noun"])} if noun else ())


def _size(found: re.Match[str], things: frozenset[str], start: int) -> _Size:
    side = next(it for it in _SIDES if found[it] or found[f"{it}_first"])
    unit = found["unit"] or found["unit_too"]
    metres = value_of(found["number"] or found["number_too"]) * (1000 if unit[0] in "kK" else 1)
    return _Size(side, metres, things, " ".join(found[0].split()), start + found.start())
