"""The institutions that sign with the office: after a label, in a list, or in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.campaigns.proposals import ProposedFact
from mailer.operations.campaigns.writing.recognising.lines import (
    NOTHING,
    Recognised,
    part_below,
    without,
)
from mailer.operations.campaigns.writing.recognising.words import INSTITUTIONS, label, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.operations.campaigns.writing.recognising.lines import Line

_ARTICLE = rf"(?:{words(lambda release: release.article)})?"
_AGAIN = r"(?:avec|de|du|des|par|with|by|of|from)[ ]|d[’']"
_AND = rf"(?:,? (?:et|and|&) (?:{_AGAIN})?|, | ; |; )"
"""A preposition may be said again: `avec l’École … et avec l’Institut …`."""
_UPPER = r"[A-ZÀ-ÖØ-Þ][\w’'&-]*"
_LINKING = r"(?:d[’']|l[’']|de la |de l[’']|des |du |de |of the |of |for the |for |pour la |pour le |pour |en )"
_SIGNS = words(lambda release: release.signs_together)
_NEXT_NAME = rf"(?:{_ARTICLE}(?:[A-ZÀ-Þ]|(?:{INSTITUTIONS})s?\b)|(?:un|une|le|la|les|des|ses|son|sa|leurs?|its|their|the|a)\b)"
_STOP = (
    rf"(?=[.,;:()\n]|\Z| (?:et|and|&) (?:{_NEXT_NAME}|{_AGAIN})"
    rf"| (?:vous|nous|se|le|la|les|ce|depuis|dans|sur|lors|afin|qui|dont|où|à(?! [\w’'-]+ (?:{_SIGNS})\b)|since|in|on"
    r"|during|which|who|from|as|pour|for|has|have|had|is|are|was|were|will|a|ont|est|sont|sera|avec|with|by|par"
    rf"|{_SIGNS})\b)"
)
_OF_BOTH = (
    rf"(?<=[sx]) (?:et|and) [a-zà-ÿ’'-]+[sx](?=[.,;:()\n]|\Z| (?:vous|nous|et|and|{_SIGNS})\b)"
)
"""Two in one name: `Guilde des potiers et verriers`."""
_ONE = re.compile(
    rf"{_ARTICLE}(?P<name>(?:{_UPPER}|(?:{INSTITUTIONS})(?= {_LINKING}?{_UPPER}))(?:{_OF_BOTH}| (?:{_LINKING})?{_UPPER}| {_LINKING}[\w’'-]+| à [\w’'-]+(?= (?:{_SIGNS})\b)"
    rf"| [a-zà-ÿ’'-]+(?= {_LINKING}|{_STOP}))*?){_STOP}"
)
_IN_TEXT = re.compile(rf"\b(?:{words(lambda release: release.partners_in_text)})(?:\s+|(?<=[’']))")
_BESIDE = re.compile(
    rf"\b(?:{words(lambda release: release.institutions_beside)})(?:\s+|(?<=[’']))"
)
_TOGETHER = re.compile(rf" (?:(?:vous|nous|les) )?(?:{_SIGNS})\b")
_BEGIN = re.compile(r"(?:\A|(?<=[.!?] ))(?=[A-ZÀ-Ý])")
_NOT_A_NAME = re.compile(
    r"(?i)\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|est|sont|sera|seront|is|are|will)\b|\d|@| [–—-] "
)
_ARTICLED = re.compile(
    rf"(?:{words(lambda release: release.article)})(?=[A-ZÀ-Ý]|(?:{INSTITUTIONS})s?\b)"
)
_INSTITUTION = re.compile(rf"\b(?:{INSTITUTIONS})s?\b")
_CONTACT = words(lambda release: release.contact)
_ASIDE = re.compile(r"[ \u00a0]*\([^()]{0,200}\)")
_ITS_CONTACT = re.compile(
    rf"[ \u00a0]*\((?:{_CONTACT})\b[^()]{{0,200}}\)|[ \u00a0]*\([^()]{{0,200}}(?:@|\d{{2}}[ .]?\d{{2}})[^()]{{0,200}}\)"
    rf"|[ \u00a0]*[,;:–—-][ \u00a0]+(?:{_CONTACT})[ \u00a0]*[:–—-].*"
)
"""Whom to call at a partner, which is no part of its name: `(press contact: …)`."""


@dataclass(frozen=True, slots=True)
class _NamedPartner:
    name: str
    words: str
    url: str = ""


def partner_facts(lines: Sequence[Line]) -> Recognised:
    """Return the partners, each once and in the order of the text.

    A list of partners is taken out of the text, unless it says whom to call there; a sentence stays.
    """
    found: dict[str, _NamedPartner] = {}
    remains: dict[int, str] = {}
    for at, line in enumerate(lines):
        listed = list(_listed(lines, at))
        for partner, source in listed:
            found.setdefault(partner.name.casefold(), partner)
            if not any(_ITS_CONTACT.search(each.text) for _partner, each in listed):
                remains |= without([source, line])
        if not listed and not line.level:
            for partner in _in_sentence(_ASIDE.sub("", line.text)):
                found.setdefault(partner.name.casefold(), partner)
    if not found:
        return NOTHING
    facts = [
        ProposedFact(("partners", index, key), value, partner.words)
        for index, partner in enumerate(found.values())
        for key, value in (("name", partner.name), ("url", partner.url))
        if value
    ]
    return Recognised(tuple(facts), remains)


def _listed(lines: Sequence[Line], at: int) -> Iterator[tuple[_NamedPartner, Line]]:
    """Yield the partners after a label: on its line, or one on each line below."""
    line = lines[at]
    labelled = label("partners").match(line.text)
    if labelled is None:
        return
    rest = line.text[labelled.end() :].strip(" .\u00a0")
    for name in _separate(rest):
        yield _NamedPartner(name, line.text, dict(line.links).get(name, "")), line
    if rest:
        return
    below = part_below(tuple(lines), at)
    if len(below) == 1 and not below[0].links:
        yield from (
            (_NamedPartner(name, below[0].text), below[0]) for name in _separate(below[0].text)
        )
        return
    for each in below:
        if ";" in _ITS_CONTACT.sub("", each.text):
            yield from ((_NamedPartner(name, each.text), each) for name in _separate(each.text))
            continue
        name = _bare(_ITS_CONTACT.sub("", each.text))
        if (
            not name[:1].isupper()
            or len(name) > 80
            or _NOT_A_NAME.search(name)
            or each.text.endswith((".", "!", "?"))
        ):
            return
        yield _NamedPartner(name, each.text, _url(each)), each


def _url(line: Line) -> str:
    return line.links[0][1] if len(line.links) == 1 else ""


def _bare(text: str) -> str:
    return re.sub(rf"\A{_ARTICLE}(?=[A-ZÀ-Ý])", "", text).strip(" .;,\u00a0")


def _separate(text: str) -> Iterator[str]:
    """Yield the names of an enumeration; none where an “and” may belong to a name."""
    for part in re.split(r"\s*[;,|]\s*", _ITS_CONTACT.sub("", text)):
        if not part:
            continue
        two = re.split(r" (?:et|and) ", part)
        if len(two) > 1 and not all(_is_institution(each) for each in two):
            return
        for name in two:
            bare = _bare(name)
            if not bare[:1].isupper() or _NOT_A_NAME.search(bare):
                return
            yield bare


def _is_institution(text: str) -> bool:
    """Return whether a text begins with an institution, or an article and a name."""
    return bool(_ARTICLED.match(text) or (text[:1].isupper() and _INSTITUTION.match(text)))


def _in_sentence(text: str) -> Iterator[_NamedPartner]:
    for announced in _IN_TEXT.finditer(text):
        for one in _enumerated(text, announced.end()):
            yield _NamedPartner(one["name"], text[announced.start() : one.end()])
    for beside in _BESIDE.finditer(text):
        for one in _enumerated(text, beside.end()):
            if _is_named_institution(one["name"]):
                yield _NamedPartner(one["name"], text[beside.start() : one.end()])
    for begin in _BEGIN.finditer(text):
        yield from _signing_together(text, begin.start())


def _signing_together(text: str, start: int) -> Iterator[_NamedPartner]:
    """Yield the institutions that announce with another one; who is named first is the office."""
    names = _enumerated(text, start)
    if len(names) < 2 or not _TOGETHER.match(text, names[-1].end()):
        return
    if all(_is_named_institution(one["name"]) for one in names[1:]):
        for one in names[1:]:
            yield _NamedPartner(one["name"], text[start : names[-1].end()])


def _is_named_institution(name: str) -> bool:
    """Return whether a name is no person's: it has the word of an institution, or is in capitals."""
    return _INSTITUTION.search(name) is not None or re.fullmatch(r"[A-ZÀ-Ý]{3,}", name) is not None


def _enumerated(text: str, position: int) -> list[re.Match[str]]:
    """Return the names that stand one after the other, as long as each shows that it is one."""
    names: list[re.Match[str]] = []
    while one := _ONE.match(text, position):
        # `With the X Fund, the Trust has …`: the one who acts, without a name of its own.
        is_office = text.endswith(", ", 0, position) and re.fullmatch(INSTITUTIONS, one["name"])
        if is_office or _NOT_A_NAME.search(one["name"]):
            break
        further = re.compile(_AND).match(text, one.end())
        is_more = further and _is_institution(text[further.end() :])
        if further and not is_more and text[further.end() :][:1].isupper():
            break  # the “and” may belong to the name
        names.append(one)
        if not is_more or further is None:
            break
        position = further.end()
    return names
