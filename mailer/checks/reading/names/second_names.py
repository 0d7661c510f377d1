"""Find a body that claims the part of the one in whose name a text is written.

A text is issued by one body, which it names first. One that is told of later as that body is, and
that nothing has introduced, is either the same under a second name or one that nobody explains.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.names.bodies import ADJECTIVE, LINK, BodyInText, stem, words_of
from mailer.checks.reading.names.issuers import (
    Issuer,
    are_alike,
    is_form_of,
    is_name,
    issuers,
)
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage
    from mailer.languages.release_words import ReleaseWords

_SPACE = "[ \u00a0]"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'&-]*"
_WORD = r"[^\W\d_][\w’'-]*"
_ARTICLE = rf"(?:(?i:the|la|le|les){_SPACE}|[lL][’'])?"
_NO_FIRST = r"(?:The|An?|Les?|La|Une?|Un|This|These|Ce|Cette|Cet|Ces|Its|Sa|Son|Ses)(?!\w)"
_START = r"(?:^|(?<=[.!?»”\"][ \u00a0]))[ \t*_]*"
_FRONT = rf"(?:[A-ZÀ-ÖØ-Þ][^,.;:()\n]{{2,80}},{_SPACE})?"
_MORE = rf"(?:{_SPACE}(?:(?:{LINK}|(?:and|et|&){_SPACE}){_WORD}|{_CAPITAL}|{ADJECTIVE}|[a-zà-ÿ]{{4,}}(?={_SPACE}(?:de|du|des|d[’']|of)\b))){{0,9}}"
_PERSON = (
    rf"(?P<who>{_CAPITAL}(?:{_SPACE}(?:d[eu]{_SPACE}|van{_SPACE}|von{_SPACE})?{_CAPITAL}){{1,2}})"
)
_WHOSE = rf"whose{_SPACE}[a-z ]{{4,30}}is{_SPACE}(?P<chief>{_CAPITAL}{_SPACE}{_CAPITAL})"
_WRAPPED = re.compile(r"(?<=[^\s.:;!?])\n(?=[a-zà-ÿ])")
_PARTNER = matches(in_any_language(lambda phrases: phrases.partner_of))
_ABOVE = re.compile(r"(?i)\b(?:inter|multi)nation|\bworld\b|mondia|\beurop")
"""Says of a body of the same kind that others belong to it."""
_THIS = re.compile(r"\b(?:ce|cet|cette|ces|this|these)[ \u00a0]")
_AT_ONCE = 50
"""In characters: so soon behind its name a sentence presents a body."""
_SHORTEST_TAIL = 5
_MOST = 40
"""How many claims of one text are looked at."""
_ANYWAY = ("relative", "role", "fronted", "invites", "press", "press_behind", "about", "heading")
_IF_ALIKE = ("presented", "headed", "this_of", "signed")


class _OfIssuers(NamedTuple):
    """A text, those in whose name it is written, and how its language tells of such bodies."""

    text: str
    known: list[Issuer]
    language: str
    ways: dict[str, RarePattern]


def second_names(passage: Passage) -> Iterator[tuple[BodyInText, str]]:
    """Yield each body that claims the part of the one in whose name the text is written, with that
    one’s name.
    """
    text = _WRAPPED.sub(" ", without_quotations(passage.text))
    ways = _ways(passage.language)
    known = issuers(passage, text) if ways else []
    if not known:
        return
    told = _OfIssuers(text, known, passage.language, ways)
    every = sorted(islice(_claims(told), _MOST), key=lambda it: it.end)
    claims = {it.start: it for it in every if not is_form_of(it, known, text)}
    for body in claims.values():
        if _is_told_so_only(told, body, set(claims)):
            yield body, known[0].name


@cache
def _ways(language: str) -> dict[str, RarePattern]:
    """Return how a language tells of the body that issues a text, by the way it does."""
    release, phrases = language_of(language).release, language_of(language).phrases
    if release is None or phrases is None or not release.issuing.families:
        return {}
    noun = (
        rf"(?!{_NO_FIRST})(?:{_CAPITAL}|(?:{release.institution}|{phrases.other_bodies})s?(?!\w))"
    )
    name = rf"(?P<name>{noun}{_MORE})"
    any_name = rf"(?P<name>{noun}(?:{_SPACE}[^,.;:()\n]{{1,80}}?)?)"
    about = rf"(?i:{release.issuing.about})"
    said = {
        **_as_subject(release, f"{_START}{_FRONT}{_ARTICLE}", any_name, name),
        "press": (
            rf"(?<!\w)(?i:{release.issuing.press_of}){name}",
            rf"(?i:{release.issuing.press_of})",
        ),
        "press_behind": (
            rf"(?<!\w){name}(?:{release.issuing.press_behind})",
            release.issuing.press_behind,
        ),
        "about": (rf"^[ \t*_#]*{about}{name}[ \t*_]*(?::|$)", rf"^[ \t*_#]*{about}"),
        "heading": (
            rf"^[ \t*_#]*(?!{about}){_ARTICLE}{name}[ \t*_]*:?\n+[ \t]*(?i:{release.issuing.begins_about})",
            rf"^[ \t]*(?i:{release.issuing.begins_about})",
        ),
        "headed": (
            rf"{_PERSON},{_SPACE}(?i:{release.issuing.head_of}){name}",
            rf",{_SPACE}(?i:{release.issuing.head_of})",
        ),
        "this_of": (
            rf"(?<!\w)(?i:{release.issuing.this_of}){name}",
            rf"(?i:{release.issuing.this_of})",
        ),
        "signed": (
            rf"^{_PERSON},(?:[^\n,]{{2,60}},)?{_SPACE}{_ARTICLE}{name}[ \t]*$",
            rf"^{_PERSON},",
        ),
    }
    return {
        way: RarePattern(pattern, sign=sign, flags=re.MULTILINE)
        for way, (pattern, sign) in (said | _within(release)).items()
    }


def _as_subject(
    release: ReleaseWords, start: str, any_name: str, name: str
) -> dict[str, tuple[str, str]]:
    """Return how a sentence that begins with the name of a body, or of its part, tells of it."""
    issuing = release.issuing
    role = rf"(?i:{issuing.issuer_of})"
    relative = rf",{_SPACE}(?:(?:qui|que|dont|which|who|whose){_SPACE}|(?={issuing.headed_by}))"
    return {
        "relative": (rf"{start}{any_name}{relative}(?P<clause>[^.;:\n]{{3,220}})", relative),
        "role": (rf"{start}{any_name},{_SPACE}{role}", role),
        "fronted": (
            rf"{_START}(?:(?i:en tant qu[’'e]|as|à){_SPACE}?)?{role}[^,.\n]{{2,60}},{_SPACE}{_ARTICLE}{name}",
            role,
        ),
        "invites": (rf"{start}{any_name}{_SPACE}(?:{issuing.invites})", issuing.invites),
        "presented": (rf"{start}{name}(?P<rest>,?{_SPACE}[^.\n]{{3,200}})", ""),
    }


def _within(release: ReleaseWords) -> dict[str, tuple[str, str]]:
    issuing = release.issuing
    return {
        "this": (rf"(?i:{issuing.issues_this})", ""),
        "the": (rf"(?i:{issuing.issues_the})", ""),
        "head": (rf"(?:{issuing.headed_by}){_PERSON}|{_WHOSE}", ""),
        "presents": (rf"(?i:(?<!\w)(?:{release.presents_body}))", ""),
        "lends": (rf"{_SPACE}(?:{issuing.lends})", ""),
        "contractor": (issuing.contractors, ""),
        "parent": (issuing.parents, ""),
    }


def _claims(told: _OfIssuers) -> Iterator[BodyInText]:
    """Yield the bodies that are told of as only the one of the text is."""
    ways = [*_ANYWAY, *_IF_ALIKE]
    if _presents_itself(told):
        ways.remove("presented")
    for way in ways:
        for found in told.ways[way].finditer(told.text):
            body = BodyInText(" ".join(found["name"].split()), *found.span("name"))
            is_possible = way in _ANYWAY or are_alike(body, told.known, told.language)
            is_of_parent = way.startswith("press") and _is_parent(told, body)
            about = told.text[found.end("name") : found.end("name") + 2 * _AT_ONCE]
            is_presented = told.ways["presents"].search(about) is not None
            is_meant = is_name(body.name, is_presented=is_presented) and is_possible
            if is_meant and not is_of_parent and _is_claim(told, way, found):
                yield body


def _is_claim(told: _OfIssuers, way: str, found: re.Match[str]) -> bool:
    if way == "relative":
        return _issues(told, found)
    if way == "headed":
        return found["who"].split()[-1] in told.text[: found.start()]
    return way != "presented" or _is_presented(told, found)


def _issues(told: _OfIssuers, found: re.Match[str]) -> bool:
    """Return whether a relative clause says that a body makes what the text is about, or that
    somebody heads it whom the text has named before.
    """
    clause = found["clause"]
    head = told.ways["head"].search(clause)
    is_known = head and (head["who"] or head["chief"]) in told.text[: found.start()]
    if is_known or told.ways["this"].search(clause):
        return True
    of_thing = told.ways["the"].search(clause)
    is_of_this = _THIS.search(clause.partition(",")[0]) and told.ways["presents"].search(clause)
    if not (of_thing or is_of_this) or any(
        map(told.ways["contractor"].fullmatch, words_of(found["name"]))
    ):
        return False
    if is_of_this or of_thing is None:
        return True
    return _said(told.text)[stem(words_of(of_thing["what"])[0])] > 1


@lru_cache(maxsize=8)
def _said(text: str) -> Counter[str]:
    return Counter(map(stem, words_of(text)))


def _is_presented(told: _OfIssuers, found: re.Match[str]) -> bool:
    """Return whether a sentence says what a body is, beside nobody else."""
    lends = told.ways["lends"].search(found["rest"][:_AT_ONCE])
    is_apart = lends or _PARTNER.search(found["rest"]) or _ABOVE.search(found["name"])
    return not is_apart and told.ways["presents"].search(found[0]) is not None


def _presents_itself(told: _OfIssuers) -> bool:
    """Return whether a text says what the body is in whose name it is written."""
    presents, names = told.ways["presents"], [it.name for it in told.known]
    return any(
        any(name in it[0] for name in names) and presents.search(it["rest"][:_AT_ONCE])
        for it in told.ways["presented"].finditer(told.text)
    )


def _is_parent(told: _OfIssuers, body: BodyInText) -> bool:
    """Return whether a body is one to which others belong: a museum may have the press office of
    its town.
    """
    is_parent = told.ways["parent"].fullmatch(words_of(body.name)[0])
    return bool(is_parent) and not are_alike(body, told.known, told.language)


def _is_told_so_only(told: _OfIssuers, body: BodyInText, claims: set[int]) -> bool:
    """Return whether a text names a body nowhere but where it makes such a claim."""
    names = [it.start() for it in re.finditer(re.escape(body.name), told.text, re.IGNORECASE)]
    tail = body.name.partition(" ")[2]
    is_shared = any(tail in issuer.name for issuer in told.known)
    if tail[:1].isupper() and len(tail) > _SHORTEST_TAIL and not is_shared:
        ahead = len(body.name) - len(tail)
        names += [it.start() - ahead for it in re.finditer(re.escape(tail), told.text)]
    return set(names) <= claims
