"""Find a body that a text tells of under a second name that shares little with the first one."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from mailer.checks.reading.names.bodies import bodies, bodies_with_purpose, stem
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.names.bodies import BodyInText
    from mailer.checks.reading.texts.prose import Passage

_RELEASES = [language.release for language in LANGUAGES if language.release]
_KINDS = "|".join(
    f"{it.release.institution}|{it.phrases.other_bodies}"
    for it in LANGUAGES
    if it.release and it.phrases
)
_KIND = re.compile(rf"(?:{folded(_KINDS)})[sx]?")
_PURPOSE = re.compile("|".join(it.body_purpose for it in _RELEASES))
_QUALIFIER = matches(in_any_language(lambda phrases: phrases.qualifier))
_ALIKE = re.compile("|".join(it.body_kinds_alike for it in _RELEASES))
_PRESENTS = re.compile(rf"(?i:(?<!\w)(?:{'|'.join(it.presents_body for it in _RELEASES)}))")
_PARTNER = matches(in_any_language(lambda phrases: phrases.partner_of))
_BEHIND = re.compile(r"[ \u00a0]\((?P<short>[A-ZÀ-Þ]{3,8})\)")
_OWN = re.compile(r"(?<![\w-])(?P<of>(?:de|of|in|du) |d[’'])?(?P<name>[A-ZÀ-ÖØ-Þ][^\W\d_]{2,})")
_LEAD = re.compile(r"(?:\A|[.,;]\s|\n)[\s*_]*(?:(?i:the|la|le|les|cette|ce|this)\s|[lL][’'])?\Z")
_MOST = 40
"""How many bodies of one text are compared."""


def named_again(passage: Passage) -> Iterator[tuple[BodyInText, BodyInText]]:
    """Yield a body and the one before it that it may be: of its kind and subject, or of its kind
    and presented in a sentence of its own as only the body of a text is.
    """
    every = _bodies(passage)
    known: list[BodyInText] = []
    for body in every:
        if any(set(body.words) <= set(it.words) for it in known):
            continue
        first = next((it for it in known if _kind(it) == _kind(body)), None)
        if other := next(
            (it for it in known if _has_its_subject(body, it) or _bears_its_name(body, it)), None
        ):
            yield body, other
        elif first and _is_presented(passage, body, first, every):
            yield body, first
        known.append(body)


def unfitting(passage: Passage) -> Iterator[tuple[str, BodyInText]]:
    """Yield an abbreviation behind a name that begins as the name does and has another letter."""
    text = without_quotations(passage.text)
    for body in _bodies(passage):
        found = _BEHIND.match(text, body.end)
        if found and _misfits(folded(found["short"]), body):
            yield found["short"], body


def _bodies(passage: Passage) -> list[BodyInText]:
    """Return the first bodies of a text, the longest of those that begin at one place."""
    every = sorted((*bodies(passage), *bodies_with_purpose(passage)), key=lambda it: it.start)
    longest = (
        max(group, key=lambda it: it.end) for _start, group in groupby(every, lambda it: it.start)
    )
    return list(longest)[:_MOST]


def _kind(body: BodyInText) -> str:
    kinds = [word for word in body.words if _KIND.fullmatch(word)]
    return kinds[0] if kinds else ""


def _rest(body: BodyInText) -> set[str]:
    return set(body.words) - {_kind(body)}


def _has_its_subject(body: BodyInText, other: BodyInText) -> bool:
    """Return whether two names have one subject, and differ in what the bodies do: `Institut de
    recherche sur les littoraux`, `Institut national des littoraux`.
    """
    one, two = _rest(other), _rest(body)
    shared = {word for word in one & two if not _PURPOSE.fullmatch(word)}
    if not shared or not _kind(body):
        return False
    if _kind(body) != _kind(other):
        are_alike = _ALIKE.fullmatch(_kind(body)) and _ALIKE.fullmatch(_kind(other))
        return bool(are_alike) and one == two and len(shared) > 1
    apart = (one - two, two - one)
    are_of_purpose = all(_PURPOSE.fullmatch(word) for words in apart for word in words)
    of_level = [all(_QUALIFIER.fullmatch(word) for word in words) for words in apart]
    return all(apart) and are_of_purpose and any(of_level) and not all(of_level)


def _bears_its_name(body: BodyInText, other: BodyInText) -> bool:
    """Return whether two names of one kind have one name of their own, and each says something else
    beside it: `Fondation Orvelle pour l’art`, `Fondation d’entreprise Orvelle`.
    """
    if not _kind(body) or not (_kind(body) == _kind(other) == body.words[0] == other.words[0]):
        return False
    one, two = (
        {stem(folded(it["name"])) for it in _OWN.finditer(each.name)} - {_kind(body)}
        for each in (body, other)
    )
    is_place = any(it["of"] for each in (body, other) for it in _OWN.finditer(each.name))
    return one == two != set() and not is_place and all((_rest(body) - one, _rest(other) - one))


def _is_presented(
    passage: Passage, body: BodyInText, first: BodyInText, every: list[BodyInText]
) -> bool:
    """Return whether a text presents a body, which it names once and beside nobody, after it has
    told of another one of its kind, which it presents nowhere.
    """
    last = body.name.split()[-1]
    if not _kind(body) or last[0].isupper() or not _leads(passage, body):
        return False
    if sum(it.words == body.words for it in every) > 1 or len(_rest(first)) == 0:
        return False
    named = [passage.sentence_at(it.start) for it in every if it.words == first.words]
    own = passage.sentence_at(body.start)
    is_beside = _PARTNER.search(own) or any(body.name in sentence for sentence in named)
    return not is_beside and bool(_PRESENTS.search(own)) and not any(map(_PRESENTS.search, named))


def _leads(passage: Passage, body: BodyInText) -> bool:
    """Return whether a body is what its sentence is about."""
    return _LEAD.search(passage.text, max(0, body.start - 12), body.start) is not None


def _misfits(short: str, body: BodyInText) -> bool:
    name = folded(body.name)
    letters, initials = iter(re.sub(r"\W", "", name)), "".join(word[0] for word in body.words)
    is_turned = sorted(short) == sorted(initials) and short != initials
    is_found = all(letter in letters for letter in short)
    return short[0] == name[0] and (is_turned or not is_found)
