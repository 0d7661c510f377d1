"""Find the body in whose name a text is written: of its letterhead and its first paragraph."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.names.bodies import (
    LINKING,
    BodyInText,
    bodies,
    bodies_with_purpose,
    stem,
    words_of,
)
from mailer.languages import LANGUAGES, language_of
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.checks.reading.texts.prose import Passage

_LEADS = re.compile(r"(?:[.,;]\s|\n|[–—-]\s)[\s*_]*(?:(?i:the|la|le|les)\s|[lL][’'])?\Z")
_REACH = 20
_NO_NAME = re.compile(
    r"(?i)communiqu|\bpress\w*\b|\brelease\b|embargo|invitation|\bavis\b|advisory|\bmedia\b|\bnotice\b|\bnews\b|diffusion|publication|programme|contact"
)
_TITLES = re.compile(r"(?:M|Mme|Dr|Pr|Prof|Professor|Sir|Mr|Mrs|Ms|Dame|Lord|Lady)\b")
_VERB = re.compile(
    r"(?i)\b(?:a|ont|est|sont|sera|seront|était|étaient|avait|was|were|is|are|will|has|have|had|can|would|may)\b"
)
_FIRST = re.compile(r"^(?![ \t]*#)(?=[^\n]*[.!?»”\"][*_]*(?:\s|\Z))[^\n]{70,}", re.MULTILINE)
"""The first paragraph of prose, which is longer than a line of a letterhead."""
_SHORTEST = 3
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'&-]+"
_WITH_ARTICLE = rf"(?:(?:The|Les?|La)[ \u00a0]|L[’'])(?P<name>{_CAPITAL}(?:[ \u00a0](?:(?:of|de|du|des)[ \u00a0])?{_CAPITAL}){{0,4}})"
_ACRONYM = re.compile(r"(?<![\w.])[A-ZÀ-Þ]{2,8}(?![\w.])")
_OF_PLACE = re.compile(r"(?i: (?:de|of|in) | d[’'])([A-ZÀ-Þ][\w-]+)\Z")


class Issuer(NamedTuple):
    """The name of a body in whose name a text is written, and its words as `BodyInText` has them."""

    name: str
    words: frozenset[str]


def issuers(passage: Passage, text: str) -> list[Issuer]:
    """Return the body that the first paragraph is about, and those of the letterhead above it."""
    first = _FIRST.search(text)
    if first is None:
        return []
    every = sorted((*bodies(passage), *bodies_with_purpose(passage)), key=lambda it: -it.end)
    leading = [it for it in every if first.start() <= it.start < first.end() and _leads(text, it)]
    names = (
        [min(leading, key=lambda it: it.start).name]
        if leading
        else _subject(first[0], passage.language)
    )
    for line in text[: first.start()].split("\n"):
        name = re.split(r"\s[–—-]\s|\(", line.strip("#*_ "))[0].strip()
        if name.isupper() and len(name) > _SHORTEST and not _NO_NAME.search(name):
            names.append(name)
    return [Issuer(name, _words(name)) for name in names]


def _subject(paragraph: str, language: str) -> list[str]:
    """Return the name of no known kind that issues what its paragraph is about: `Solèane lance …`."""
    release = language_of(language).release
    does = release.issuing.does if release else "(?!)"
    found = re.match(
        rf"[*_]*(?:{_WITH_ARTICLE}|(?!(?:The|Les?|La|Une?|An?)[ \u00a0])(?P<word>{_CAPITAL}))[ \u00a0](?:will[ \u00a0])?(?:{does})(?!\w)",
        paragraph,
    )
    return [found["name"] or found["word"]] if found else []


def _leads(text: str, body: BodyInText) -> bool:
    """Return whether a body is what its sentence is about."""
    before = text[max(0, body.start - _REACH) : body.start]
    return _LEADS.search(before if body.start > _REACH else f"\n{before}") is not None


def _words(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(name) if word not in LINKING)


def is_name(name: str, *, is_presented: bool = False) -> bool:
    """Return whether words are the name of a body, and not of a sentence, initials, or a person,
    who is never presented as a body is.
    """
    words = name.split()
    has_capitals_only = all(word[0].isupper() for word in words)
    may_be_person = (
        has_capitals_only and len(words) in {2, 3} and not _any_kind().search(folded(name))
    )
    has_initials = len(words) <= 2 and any(len(word) > 1 and word.isupper() for word in words)
    is_one_word = has_capitals_only and len(words) == 1
    is_else = _VERB.search(name) or _TITLES.match(name) or _NO_NAME.search(name)
    may_be_person = may_be_person and not is_presented
    return not (may_be_person or has_initials or is_one_word or is_else) and name.lower() != name


def is_form_of(body: BodyInText, known: Iterable[Issuer], text: str) -> bool:
    """Return whether a name is a shorter or longer form of one of these, or stands for initials by
    which the text calls its own body.
    """
    words, initials = frozenset(body.words), "".join(word[0] for word in body.words)
    return (
        not words
        or any(words <= it.words or it.words <= words for it in known)
        or any(folded(it) == initials for it in _ACRONYM.findall(text))
    )


def are_alike(body: BodyInText, known: Sequence[Issuer], language: str) -> bool:
    """Return whether a body and one of these are of kinds of which one issues a text, and neither
    bears the name of another place: `musée des Beaux-Arts de Lyon`.
    """
    place = _OF_PLACE.search(body.name)
    others = [found[1] for it in known if (found := _OF_PLACE.search(it.name))]
    if place and others and place[1] not in others:
        return False
    one, names = folded(body.name), [folded(it.name) for it in known]
    return any(it.search(one) and any(map(it.search, names)) for it in _families(language))


@cache
def _families(language: str) -> list[re.Pattern[str]]:
    release = language_of(language).release
    return [re.compile(rf"\b(?:{it})s?\b") for it in (release.issuing.families if release else ())]


@cache
def _any_kind() -> re.Pattern[str]:
    kinds = "|".join(kind for it in LANGUAGES if it.release for kind in it.release.issuing.families)
    return re.compile(rf"\b(?:{kinds})s?\b")
