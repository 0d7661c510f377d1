"""Find the bodies that stand in a list of those who take part, and that give nobody to call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.names.bodies import BodyInText
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sections import sections
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.texts.sections import Section

_HEADS = RarePattern(in_any_language(lambda phrases: phrases.heads_partners))
_OF_CONTACT = RarePattern(
    rf".*\b(?i:{'|'.join(it.release.contact for it in LANGUAGES if it.release)})\b.*"
)
_PRESS = RarePattern(rf"(?<!\w){in_any_language(lambda phrases: phrases.press)}(?![\w@])")
_REACHED = re.compile(r"@|\d(?:[ .\u00a0\u202f-]?\d){7}")
_KINDS = "|".join(
    f"{it.release.institution}|{it.release.institution_too}" for it in LANGUAGES if it.release
)
_NAME = re.compile(
    r"[*•–—▪◦·>-]?[ \u00a0]*(?P<name>[^\W\d_a-zà-öø-ÿ][^,;:()–—|]{2,70}?)"
    r"(?=[ \u00a0]*(?:[,;:(–—|.]|[ \u00a0]-[ \u00a0]|[ \u00a0](?:qui|who|which|for|pour)\b|\Z))"
)
"""The words with which a line begins, up to what it says of them."""
_PERSON = re.compile(
    rf"[\W_]*(?:(?!(?i:{_KINDS})\b)[A-ZÀ-Þ][\w’'-]+(?:[ \u00a0](?!(?i:{_KINDS})\b)[A-ZÀ-Þ][\w’'-]+){{1,2}}[ \u00a0]*(?:[,;:(–—-]|\Z)|[+\d(]|[\w.+-]+@)"
)
"""Two or three capitals that are no kind of body: `Ugo Lenoir, 02 …`."""
_MOST_WORDS = 9
_NEAR = 20
_HEAD = 6
"""In lines: how many at the top may name who sends the text."""


class _ListedPartner(NamedTuple):
    name: str
    words: str
    start: int


def listed_without_contact(passage: Passage) -> Iterator[BodyInText]:
    """Yield each body of such a list that neither its line nor what stands below it lets us call.

    Under a heading that says nothing of partners a list is one if it tells of another body which
    press desk to call.
    """
    parts = sections(passage.source)
    head = head_of(passage)
    for part in parts:
        entries = [it for it in _entries(part) if not _is_sentence(it)]
        is_headed = bool(_HEADS.fullmatch(part.heading))
        if not (is_headed or _tells_a_desk(part, entries)):
            continue
        for it in entries:
            is_name = is_headed or " " in it.name
            if is_name and not _REACHED.search(it.words) and folded(it.name) not in head:
                yield BodyInText(it.name, it.start, it.start + len(it.name))


def head_of(passage: Passage) -> str:
    """Return the folded lines at the top of a text, which name who sends it."""
    parts = sections(passage.source)
    lines = [*(it.words for it in parts[0].lines[:_HEAD]), *(it.heading for it in parts[:2])]
    return folded("\n".join(lines))


def is_of_one_above(line: str) -> bool:
    """Return whether a line gives a person, or only numbers, and belongs to the body above it."""
    return _REACHED.search(line) is not None and _PERSON.match(line) is not None


def _tells_a_desk(part: Section, entries: list[_ListedPartner]) -> bool:
    """Return whether a body has its press desk behind its name: `Ville – presse : Léa Morin, 01 …`."""
    is_list = bool(part.heading) and not _OF_CONTACT.fullmatch(part.heading)
    return is_list and any(
        _REACHED.search(it.words)
        and _PRESS.search(it.words[len(it.name) :][:_NEAR])
        and not (_PRESS.search(it.name) or _OF_CONTACT.fullmatch(it.name))
        for it in entries
    )


def _is_sentence(entry: _ListedPartner) -> bool:
    is_long = len(entry.words.split()) > _MOST_WORDS
    return len(entry.name.split()) > _MOST_WORDS or (
        is_long and entry.words.endswith((".", "!", "?"))
    )


def _entries(part: Section) -> Iterator[_ListedPartner]:
    """Yield each entry: its line, and those below it that begin with no name."""
    entry: _ListedPartner | None = None
    for line in part.lines:
        found = _NAME.match(line.words)
        if entry and (found is None or _REACHED.match(line.words) or is_of_one_above(line.words)):
            entry = entry._replace(words=f"{entry.words}\n{line.words}")
        elif found:
            if entry:
                yield entry
            start = line.start + found.start("name")
            entry = _ListedPartner(found["name"].strip(), line.words[found.start("name") :], start)
    if entry:
        yield entry
