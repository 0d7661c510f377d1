"""Read how many of what a text counts, small numbers and large ones, with what limits each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mailer.checks.reading.quantities.numbers import NUMBER, value_of
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

_GAP = r"[ \u00a0\u202f\n]+"
_ADJECTIVE = in_any_language(lambda phrases: phrases.counted_with)
_IRREGULAR = in_any_language(lambda phrases: phrases.plural_without_sign)
_NO_ADJECTIVE = in_any_language(lambda phrases: phrases.no_adjective)
_NAME = rf"[A-Z][a-z]+(?={_GAP}[a-z]{{3,}}s(?!\w))"
"""Says of where or whom things are before their noun, as in English: `1,240 Ohio fields`."""
_COUNT = re.compile(
    rf"(?<![\w.,:/€£$’'-])(?P<number>{NUMBER})(?![.,:]\d)"
    rf"(?P<adjectives>(?:{_GAP}(?:{_ADJECTIVE}|{_NAME}|(?!(?:{_NO_ADJECTIVE}|{_IRREGULAR})(?!\w))[a-zà-ÿ]+(?:-[a-zà-ÿ]+)*(?<![sx]))(?!\w)){{0,3}}?)"
    rf"{_GAP}(?P<noun>(?!(?:{_ADJECTIVE})(?!\w))(?:[a-zà-ÿ]{{3,}}[sx]|{_IRREGULAR}))(?![\w-])"
)
_MEASURED = re.compile(in_any_language(lambda phrases: phrases.measured))
_DEFINITE = re.compile(
    rf"(?:(?<!\w){in_any_language(lambda phrases: phrases.definite)}|\w[’']s)[ \u00a0\n]+\Z"
)
_IN_ALL = re.compile(rf"(?<!\w){in_any_language(lambda phrases: phrases.in_all)}[^.;:]{{0,12}}\Z")
_SETS_APART = re.compile(
    rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.part_of)}|{in_any_language(lambda phrases: phrases.part_only)})(?!\w)"
)
_ABOUT, _AT_LEAST = (
    re.compile(rf"(?<!\w)(?:{words})(?:[ \u00a0](?:the|les))?[ \u00a0\n]+\Z")
    for words in (
        in_any_language(lambda phrases: phrases.about),
        in_any_language(lambda phrases: phrases.at_least),
    )
)
_LIMIT = re.compile(
    rf"{_GAP}(?P<limit>(?:{in_any_language(lambda phrases: phrases.limits)}|(?P<relative>{in_any_language(lambda phrases: phrases.relative)}))(?!\w)[^.;:,]{{0,40}}"
    rf"|d[’'][^.;:,]{{0,40}}|(?P<participle>{in_any_language(lambda phrases: phrases.participle)})(?!\w))"
)
_ALIKE = [
    re.compile(f"(?i:{words})")
    for language in LANGUAGES
    if language.phrases
    for words in language.phrases.counted_alike
]
_BEFORE = 40


class CountInText(NamedTuple):
    """A number of things, from `start` to `end` of a text, in the sentence of that number.

    `thing` is what is counted, folded and in the singular, or the group of nouns that count the
    same. What is definite has been spoken of; what is `apart` is a part or another one. A limit that
    is `narrowed` says which of them.
    """

    value: int
    thing: str
    words: str
    start: int
    end: int
    sentence: int
    adjectives: frozenset[str]
    limit: str
    is_narrowed: bool
    is_definite: bool
    is_total: bool
    is_apart: bool
    is_about: bool
    is_least: bool
    is_first: bool


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def counts(text: str) -> tuple[CountInText, ...]:
    """Return the counts of a text outside quotations, in their order; measures are none."""
    told = without_quotations(text)
    return tuple(
        it._replace(start=it.start + start, end=it.end + start)
        for n, (words, start) in enumerate(sentences(told))
        for it in _counts(words, n)
    )


def thing_of(noun: str) -> str:
    """Return the singular of a noun, folded; or the group of nouns that count the same."""
    alike = next((n for n, words in enumerate(_ALIKE) if words.fullmatch(noun)), None)
    return singular(noun) if alike is None else str(alike)


def singular(noun: str) -> str:
    """Return a noun folded and without the sign of the plural."""
    return re.sub(r"ie\Z", "y", folded(noun).rstrip("sx"))


def _counts(words: str, sentence: int) -> list[CountInText]:
    found = (_count(words, it, sentence) for it in _COUNT.finditer(words))
    return [it for it in found if it]


def _count(words: str, found: re.Match[str], sentence: int) -> CountInText | None:
    value = value_of(found["number"])
    if _MEASURED.fullmatch(found["noun"]) or value != int(value) or _is_year(found):
        return None
    before = words[max(0, found.start() - _BEFORE) : found.start()]
    clause = re.split(r"[,;:(–—]", before)[-1]
    limit = _LIMIT.match(words, found.end())
    adjectives = found["adjectives"].split()
    return CountInText(
        int(value),
        thing_of(found["noun"]),
        " ".join(found[0].split()),
        found.start(),
        found.end(),
        sentence,
        frozenset(singular(it) for it in adjectives),
        folded(limit["limit"]) if limit else "",
        is_narrowed=bool(limit and (limit["relative"] or limit["participle"])),
        is_definite=bool(_DEFINITE.search(before)),
        is_total=bool(_IN_ALL.search(before)),
        is_apart=bool(_SETS_APART.search(clause) or _SETS_APART.search(found["adjectives"])),
        is_about=bool(_ABOUT.search(before)),
        is_least=bool(_AT_LEAST.search(before)),
        is_first=not words[: found.start()].strip(" \u00a0*_"),
    )


def _is_year(found: re.Match[str]) -> bool:
    return found["number"].isdecimal() and 1900 <= int(found["number"]) <= 2100
