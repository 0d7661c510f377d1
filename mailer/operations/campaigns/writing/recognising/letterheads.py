"""The names of institutions above a headline, which no label and no address tells from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.names.bodies import bodies
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, PassagePart
from mailer.errors import Place
from mailer.operations.campaigns.writing.recognising.words import INSTITUTIONS, is_label, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mailer.operations.campaigns.writing.recognising.lines import Line, Recognised
    from mailer.operations.campaigns.writing.recognising.moments import DateContext

_SHORT_NAME = 6
FIRST = 12
"""Among how many first lines the head of a document stands."""
ADDRESS = re.compile(
    rf"\A\d{{1,4}},? .*\b(?:{words(lambda release: release.street)})\b|\A\d{{5}}[ \u00a0][A-ZÀ-Ý]"
    r"|\A(?i:t[ée]l\.?[\s:]*)?[+\d][\d .()-]{8,}\Z|\A(?:https?://|www\.)\S+\Z|\A\S+@\S+\Z"
    r"|\A[A-Z][\w’' -]{1,40},? (?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|(?:[A-Z]{2},? )?[A-Z]\d[A-Z] \d[A-Z]\d|[A-Z]{2} \d{5})\Z"
    rf"|\A(?i:{words(lambda release: release.street)})\b[^,]{{2,40}} (?!(?:19|20)\d\d\b)\d{{1,4}}(?: ?(?:bis|ter|[a-d]))?(?:, \d{{4,5}} [A-ZÀ-Ý].*)?\Z"
    rf"|\A(?i:{words(lambda release: release.street)})\b[^,]{{2,40}},(?: \d{{1,4}},?)? \d{{4,5}} [A-ZÀ-Ý][\w’' -]*\Z|\A\d{{4}} [A-ZÀ-Ý][\w’' -]*\Z"
)
OFFICE = re.compile(
    r"[A-ZÀ-Ý][\w’'-]*(?: (?:[A-ZÀ-Ý][\w’'-]*"
    r"|(?:de la|de l[’']|de|des|du|d[’']|of the|of|for the|for|and|et) ?[\w’'-]+)){0,8}"
)
INSTITUTION = re.compile(rf"\b(?:{INSTITUTIONS})s?\b")
_BARS = re.compile(r"[ \u00a0]+[|·•][ \u00a0]+")


def has_address_behind_bar(text: str) -> bool:
    """Return whether a line is a name with its address: `Lumen Inc. | 77 Foundry Street, Leeds`."""
    name, *parts = _BARS.split(text)
    return len(name.split()) <= _SHORT_NAME and any(ADDRESS.search(part) for part in parts)


_ARTICLE = re.compile(rf"(?i:{words(lambda release: release.article)})")
_PRESS = rf"(?i:{in_any_language(lambda phrases: phrases.press)}|communications?)"
_PRESS_OFFICE = re.compile(
    rf"(?:[^\W\d_]+[ \u00a0]){{0,3}}?(?:(?:de|à|la|et|des|and|the|of)[ \u00a0]|d[’'])*(?:la[ \u00a0])?{_PRESS}(?:[ \u00a0](?i:office|desk|team|room))?"
    r"|(?i:cabinet)\b[^.]{0,40}"
)
"""A line, or the end of one, that names who in a house speaks to the press: `Press office`."""
_PARTS = re.compile(r"[ \u00a0][–—|·-][ \u00a0]|,[ \u00a0]")
_ACTS = re.compile(
    r"(?i)\b(?:opens?|wins?|launch(?:es)?|shows?|gets?|joins?|celebrates?|returns?|marks?|names?|plans?|welcomes?"
    r"|hosts?|unveils?|announces?|invites?|presents?|calls?|brings?|gives?|makes?|takes?|turns?|becomes?|comes?"
    r"|goes|builds?|adds?|ends?|begins?|starts?|closes?|moves?|receives?|awards?|creates?|publish(?:es)?|reveals?"
    r"|finds?|supports?|to|is|are|will|has|have|says?|sees?|needs?|seeks?|leads?|helps?|saves?|est|sont|à|ouvre|rouvre)\b"
)


class _HeadLine(NamedTuple):
    line: Line
    text: str


def unlabelled_letterhead(
    lines: Sequence[Line], remains: Mapping[int, str], kind: Recognised, how: DateContext
) -> dict[int, str]:
    """Return the names of institutions and press offices above the headline as taken out.

    Such a name stands above the kind, directly below it, above its own press office or address, or
    is cut from what follows by the dateline. Something must remain that can be the headline.
    """
    taken: dict[int, str] = {}
    for name, following, is_sure in _names(lines, remains, kind, how):
        if not is_sure or following is None:
            break
        taken[name.line.number] = ""
    return taken


def competing_heads(
    lines: Sequence[Line], remains: Mapping[int, str], kind: Recognised, how: DateContext
) -> tuple[str, ...]:
    """Return the first lines of which one may be the name of the office and one the headline, where
    nobody can tell; none where that is plain.
    """
    every = (
        each.text
        for name, following, _is_sure in _names(lines, remains, kind, how)
        for each in (name, following)
        if each
    )
    return tuple(dict.fromkeys(every))


def _names(
    lines: Sequence[Line], remains: Mapping[int, str], kind: Recognised, how: DateContext
) -> Iterator[tuple[_HeadLine, _HeadLine | None, bool]]:
    """Yield the first lines that look like a letterhead, what follows each, and whether it is sure."""
    if any(line.level == 1 for line in lines[:FIRST]):
        return
    every = list(_head_lines(lines, remains))
    told = False
    for at, each in enumerate(every):
        rest = [it for it in every[at + 1 :] if not _is_beside(it.text)]
        following = every[at + 1] if at + 1 < len(every) else None
        if not rest or following is None:
            return
        if _is_beside(each.text):
            if told or _PRESS_OFFICE.fullmatch(each.text):
                yield each, following, True
                continue
            return
        first, *further = _PARTS.split(each.text)
        is_body = _is_body(first, how.language) and all(map(OFFICE.fullmatch, further))
        is_sure = _is_sure(each, following, rest[-1], remains, kind)
        if is_sure is not True and _is_said_below(each, lines, kind):
            is_sure = is_body = True
        if is_sure is False and is_body:
            is_sure = True
        is_name = (
            _is_name(each.text, how.language)
            or (each.text.isupper() and is_sure is False)
            or (INSTITUTION.match(each.text) and _is_beside(following.text))
            or is_body
        )
        if not is_name or is_sure is None:
            return
        told = True
        yield each, following, is_sure


def _head_lines(lines: Sequence[Line], remains: Mapping[int, str]) -> Iterator[_HeadLine]:
    """Yield the first lines of which something remains, up to the first sentence."""
    for line in lines[:FIRST]:
        left = remains.get(line.number, line.source)
        text = line.text if left == line.source else left.lstrip("# ").strip()
        if text.endswith((".", "!", "?")) or (is_label(text) and not _PRESS_OFFICE.fullmatch(text)):
            return
        if text:
            yield _HeadLine(line, text)


def _is_beside(text: str) -> bool:
    """Return whether a line is an address, or names who speaks to the press."""
    return bool(ADDRESS.search(text) or _PRESS_OFFICE.fullmatch(text))


def _is_sure(
    name: _HeadLine,
    following: _HeadLine,
    last: _HeadLine,
    remains: Mapping[int, str],
    kind: Recognised,
) -> bool | None:
    """Return whether its place shows that a name is that of the office, or only lets it be one;
    None where nothing sets it apart.
    """
    number, labelled = name.line.number, next(iter(kind.remains), -1)
    if _is_beside(following.text) or _PRESS_OFFICE.fullmatch(_PARTS.split(name.text)[-1]):
        return True
    if number < labelled <= last.line.number:
        return INSTITUTION.search(name.text) is not None or not name.text.isupper()
    is_below = number == labelled + 1 >= 1 and not name.line.level
    is_cut = any(number < at < following.line.number for at in remains if at != labelled)
    return False if is_below or is_cut or number < labelled else None


def _is_said_below(name: _HeadLine, lines: Sequence[Line], kind: Recognised) -> bool:
    """Return whether sentences below, or a line as those of contacts, name the same words: above the
    kind any, or else some with the word of an institution. A headline is not said again like that.
    """
    is_above = name.line.number < next(iter(kind.remains), -1)
    if _ACTS.search(name.text) or not (is_above or INSTITUTION.search(name.text)):
        return False
    said = re.compile(rf"(?i)(?<!\w){re.escape(name.text)}(?!\w)")
    below = [each.text for each in lines if each.number > name.line.number]
    is_house = INSTITUTION.search(name.text) is not None and name.text in below
    return is_house or any(said.search(it) and it.endswith((".", "!", "?")) for it in below)


def _is_name(text: str, language: str) -> bool:
    """Return whether a line is made of names only, and says nothing of them."""
    if _ACTS.search(text):
        return False
    parts = [it for it in _PARTS.split(text) if not _PRESS_OFFICE.fullmatch(it)]
    return bool(parts) and all(_is_bare_name(it, language) for it in parts)


def _is_bare_name(text: str, language: str) -> bool:
    if text.isupper():
        return INSTITUTION.search(text) is not None
    return _is_body(text, language) or OFFICE.fullmatch(text) is not None


def _is_body(text: str, language: str) -> bool:
    """Return whether a line is the name of one body and nothing else."""
    article = _ARTICLE.match(text)
    start = article.end() if article else 0
    passage = Passage(PassagePart.TEXT, text, language, Place(""))
    return not _ACTS.search(text) and any(
        it.start in {0, start} and it.end == len(text) for it in bodies(passage)
    )
