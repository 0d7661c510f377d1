"""Find in prose when something was founded, and how old the same text says that it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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
_IN_WORDS = one_of(_NUMBERS)
_NUMBER = rf"(?P<number>\d{{2,3}}|(?i:{_IN_WORDS}))"
_FOUNDED = re.compile(
    rf"\b(?:{in_any_language(lambda phrases: phrases.founded)})[ \u00a0](?P<year>1[5-9]\d\d|20\d\d)(?!\d)"
)
_ANNIVERSARIES = {
    word: number
    for language in LANGUAGES
    if language.phrases
    for word, number in language.phrases.anniversaries.items()
}
_ORDINAL = rf"(?P<number>{'|'.join(sorted(_ANNIVERSARIES, key=len, reverse=True)) or '(?!)'})"
_IN_LETTERS = r"\w[\w -]*?"
"""What every number and every ordinal looks like."""


def _telling(pattern: str) -> RarePattern:
    return RarePattern(
        pattern.replace("NUMBER", _NUMBER).replace("ORDINAL", _ORDINAL),
        sign=pattern.replace("NUMBER", _IN_LETTERS).replace("ORDINAL", _IN_LETTERS),
        flags=re.IGNORECASE,
    )


_PHRASES = [language.phrases for language in LANGUAGES if language.phrases]
_AGES = tuple(_telling(pattern) for phrases in _PHRASES for pattern in phrases.says_age)
_SINCE = tuple(_telling(pattern) for phrases in _PHRASES for pattern in phrases.lasts_since)
_ARTICLE = r"(?i:les?|la|une?|cet?|cette|the|an?|this|its|our|notre)[ \u00a0]+|[lL][’']"
_SUBJECT = re.compile(rf"[\s#*_]*(?:{_ARTICLE})?(?P<words>(?:[\w-]+[ \u00a0]+){{0,2}}[\w-]+)")
_AFTER = re.compile(
    rf"[^,.;]{{0,30}},[ \u00a0]*(?:{_ARTICLE})(?P<words>(?:[\w-]+[ \u00a0]+){{0,2}}[\w-]+)"
)
_OWNER = re.compile(
    rf"[ \u00a0](?:of[ \u00a0]|de[ \u00a0]|du[ \u00a0]|des[ \u00a0]|d[’'])(?:{_ARTICLE})?(?P<words>(?:[\w-]+[ \u00a0]+){{0,2}}[\w-]+)"
)
_OF_EXISTENCE = frozenset(
    {"research", "history", "service", "existence", "activity", "recherche", "histoire", "activite"}
)
_HOUSES = frozenset(
    {"entreprise", "societe", "groupe", "association", "institut", "fondation", "musee", "compagnie", "company", "firm", "group", "trust", "institute", "museum", "charity"}
)  # fmt: skip
"""Names for the house that a text is about."""
_SET_UP = re.compile(r"(?i)fond|cré|found|establish|set up|constitu")
_NEAR = 40
_BORN, _ITS = re.compile(r"(?i)born|née?s?\b"), re.compile(r"(?i)its\b")
_PRONOUN = re.compile(r"[\s#*_]*(?i:elles?|ils?|it|they)\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORTEST = 4
_TOLERANCE = 1
"""In years: a season, or an anniversary that is kept later."""


class Foundation(NamedTuple):
    """A year of foundation, and of what."""

    year: int
    words: str
    start: int
    subjects: frozenset[str]


class AgeInText(NamedTuple):
    """So many years, which say how old something is, or only that it is at least so old."""

    years: int
    words: str
    start: int
    subjects: frozenset[str]
    is_least: bool
    in_year: int
    """The year in which it is so old."""
    end: int
    owner: frozenset[str]
    """The words of what is told to be so old: `the 30th anniversary of the bridge`."""

    def contradicts(self, foundation: Foundation) -> bool:
        """Return whether something that was founded then cannot be so old."""
        age = self.in_year - foundation.year
        return self.years > age + _TOLERANCE or (
            not self.is_least and self.years < age - _TOLERANCE
        )


def contradictory_ages(passage: Passage, *, year: int) -> Iterator[tuple[AgeInText, Foundation]]:
    """Yield each age that contradicts a foundation of the same thing; `year` is when it is told."""
    text = without_quotations(passage.text)
    founded = [
        Foundation(
            int(it["year"]),
            " ".join(it[0].split()),
            it.start(),
            _subjects(passage, it.start(), it.end()),
        )
        for it in _FOUNDED.finditer(text)
    ]
    told = 0
    for age in sorted(_ages(passage, text, year), key=lambda it: it.start) if founded else ():
        if age.start < told:
            continue  # `fête les dix ans de`, of which `les dix ans de` is a part
        told = age.end
        for foundation in founded:
            if _are_of_one(passage, age, foundation):
                if age.contradicts(foundation):
                    yield age, foundation
                break


def foundations_that_disagree(passage: Passage) -> Iterator[tuple[Foundation, Foundation]]:
    """Yield the year of a foundation that had another year before."""
    text = without_quotations(passage.text)
    known: list[Foundation] = []
    for it in _FOUNDED.finditer(text):
        words = " ".join(it[0].split())
        if not _SET_UP.match(words):
            continue
        subjects = _subjects(passage, it.start(), it.end())
        found = Foundation(int(it["year"]), words, it.start(), subjects)
        sentence = passage.sentence_at(it.start())
        other = next((each for each in known if each.subjects & subjects), None)
        if _PRONOUN.match(sentence) and known:
            other = other or known[-1]
        if other and other.year != found.year:
            yield found, other
        known.append(found)


def _ages(passage: Passage, text: str, year: int) -> Iterator[AgeInText]:
    for patterns, is_least in ((_AGES, False), (_SINCE, True)):
        for pattern in patterns:
            for found in pattern.finditer(text):
                sentence = _FOUNDED.sub(" ", passage.sentence_at(found.start()))
                years = [int(each) for each in _YEAR.findall(sentence)] or [year]
                number = found["number"]
                yield AgeInText(
                    int(number)
                    if number.isdecimal()
                    else (_NUMBERS | _ANNIVERSARIES)[number.lower()],
                    " ".join(found[0].split()),
                    found.start(),
                    _subjects(passage, found.start(), found.end()),
                    is_least,
                    max(years),
                    found.end(),
                    _owner(text, found.end()),
                )


def _are_of_one(passage: Passage, age: AgeInText, foundation: Foundation) -> bool:
    sentence = passage.sentence_at(age.start)
    if _BORN.match(foundation.words) and _ITS.match(age.words):
        return False
    if age.owner and not age.owner <= _OF_EXISTENCE:
        follows = 0 <= foundation.start - age.end <= _NEAR
        return follows or bool(age.owner & foundation.subjects)
    if passage.sentence_at(foundation.start) == sentence:
        return True
    is_next = _PRONOUN.match(sentence) and foundation.start < age.start
    is_house = age.subjects & _HOUSES and _SET_UP.match(foundation.words)
    return bool(is_next or is_house or age.subjects & foundation.subjects)


def _owner(text: str, end: int) -> frozenset[str]:
    found = _OWNER.match(text, end)
    return _roots(found["words"]) if found else frozenset()


def _roots(words: str) -> frozenset[str]:
    return frozenset(folded(it).rstrip("sx") for it in words.split() if len(it) >= _SHORTEST)


def _subjects(passage: Passage, start: int, end: int) -> frozenset[str]:
    """Return the words of the subject: `Le jardin fête …`, or `Fondé en …, le jardin …`."""
    sentence = passage.sentence_at(start)
    begins = passage.text.find(sentence, max(0, start - len(sentence)))
    first = _SUBJECT.match(sentence)
    after = _AFTER.match(passage.text, end)
    is_first = first and begins + first.start("words") < start
    chosen = first if is_first else after
    return _roots(chosen["words"]) if chosen else frozenset()
