"""Find page numbers and running headers that a page break has left inside a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.texts.phrases import in_any_language

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = rf"(?:{in_any_language(lambda phrases: phrases.page_number)}|\d{{1,2}}[ \u00a0]?/[ \u00a0]?\d{{1,2}})"
_KIND = in_any_language(lambda phrases: phrases.kind_label)
_DASH = r"[ \u00a0]*[–—|·•-][ \u00a0]*"
_CONTINUED = r"(?:continued|cont[’']?d|suite) (?:on|from|over|en|à la|de la|page)\b|(?:more follows|tournez la page|tsvp|pto)\b"
_SURE = re.compile(
    rf"(?:[^\n|–—]{{1,60}}(?:{_DASH}[^\n|–—]{{1,60}})?{_DASH})?\(?{_NUMBER}\)?(?:{_DASH}[^\n]{{0,60}})?"
    rf"|[^\n|–—]{{1,60}}{_DASH}(?:{_KIND})(?:{_DASH}(?:[^\n|–—]{{1,40}}{_DASH})?\d{{1,2}})?"
    rf"|[-–—][ \u00a0]*\d{{1,2}}[ \u00a0]*[-–—]|\[{_NUMBER}\][^\n]{{0,60}}"
    rf"|\(suite(?: au verso)?\)|(?:[-–—]{{1,3}}|\(|…|\.\.\.)?[ \u00a0]*(?i:{_CONTINUED})[^\n]{{0,30}}"
    rf"|(?:{_KIND})(?:{_DASH}[^\n]{{0,80}})?"
)
_BARE = re.compile(r"\d{1,2}")
_UNFINISHED = re.compile(r"(?:[^\W\d_]|[^\W\d_],)\Z")
_HANGS = re.compile(in_any_language(lambda phrases: rf"\b(?:{phrases.cannot_end})\Z"))
_GOES_ON = re.compile(r"[a-zà-öø-ÿœ]")
_NO_PROSE = re.compile(r"[ \t]*(?:[#>|:]|[-*+•–][ \t]|\d+[.)])")
_LONGEST = 200
_LEAST = 20
"""Signs of a line whose sentence may be cut; shorter ones are titles and labels."""
_WITHIN = re.compile(
    r"(?<=[a-zà-öø-ÿœ,])[ \u00a0](?P<left>Page[ \u00a0]\d{1,2}[ \u00a0]?(?:/|of|sur)[ \u00a0]?\d{1,2})[ \u00a0](?=[a-zà-öø-ÿœ])"
)


class PageBreak(NamedTuple):
    """What stands between the halves of a sentence, from the end of one to the start of the other.

    It is sure where the words can be nothing else.
    """

    words: str
    at: int
    start: int
    end: int
    is_sure: bool


class _LineAt(NamedTuple):
    words: str
    start: int
    end: int


def is_left_by_page(line: str) -> bool:
    """Return whether a line is a page number or a running header."""
    words = line.strip(" \t\u00a0*_")
    return len(words) <= _LONGEST and bool(_SURE.fullmatch(words) or _BARE.fullmatch(words))


def page_breaks(text: str) -> Iterator[PageBreak]:
    """Yield what page breaks have left inside the sentences of a text."""
    before: _LineAt | None = None
    left: list[_LineAt] = []
    for line in _lines(text):
        if is_left_by_page(line.words):
            left.append(line)
            continue
        if before and left and (found := _between(before, left, line)):
            yield found
        before, left = line, []
    for within in _WITHIN.finditer(text):
        yield PageBreak(within["left"], within.start("left"), within.start(), within.end(), False)


def _lines(text: str) -> Iterator[_LineAt]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lead = len(line) - len(line.lstrip())
            yield _LineAt(line.strip(), at + lead, at + len(line.rstrip()))
        at += len(line) + 1


def _between(before: _LineAt, left: list[_LineAt], after: _LineAt) -> PageBreak | None:
    if not _UNFINISHED.search(before.words) or any(
        _NO_PROSE.match(it.words) for it in (before, after)
    ):
        return None
    hangs = bool(_HANGS.search(before.words))
    goes_on = bool(_GOES_ON.match(after.words))
    if not (hangs or (goes_on and len(before.words) >= _LEAST)):
        return None
    is_sure = hangs or before.words.endswith(",")
    is_sure = is_sure or all(_SURE.fullmatch(it.words.strip(" *_")) for it in left)
    words = " / ".join(it.words for it in left)
    return PageBreak(words, left[0].start, before.end, after.start, is_sure)
