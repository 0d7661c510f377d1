"""Read a text as an editor sees it: headings, the lines below each, and paragraphs of sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.texts.prose import BLANK
from mailer.checks.reading.texts.sentences import SentenceInText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST, _MOST_WORDS = 75, 11
"""In signs, and in words: anything longer is no heading."""
_FEWEST = 3
"""In letters: shorter capitals are an acronym."""
_MARKS = " \t\u00a0*_\\"
_MARKDOWN = re.compile(r"[ \t]{0,3}#{1,6}[ \t]|[ \t]*(?:\*\*|__)[^*_\n]+(?:\*\*|__)[ \t]*\Z")
_NO_HEADING = re.compile(rf"[{BLANK}@]|\d(?:[ .\u00a0-]?\d){{6}}|[.,;!…][»”\"]?\Z|\A[«“\"*•–—-]")
_NUMBERED = re.compile(r"\A(?:\d{1,2}|[IVX]{1,4}|[a-zA-Z])[.)][ \u00a0]+")
_LETTERS = re.compile(r"[^\W\d_]+")
ENDS_SENTENCE = re.compile(r"[.!?…][»”\")*_ \u00a0]*\Z")
_PROSE = 60
"""In signs: the line below a heading that stands apart is longer, or an item."""
_STOP = re.compile(
    r"(?<=[^\W_]{2})[.!?…]+[»”\")]?\s+(?=[^\W_a-zà-öø-ÿ]|[«“\"*(—–-])|(?<=[ap]\.m)\.\s+(?=[A-Z])"
)
_CUT = re.compile(r"[,;’'-]\Z|[ \u00a0](?:[a-zà-öø-ÿ]{1,3}|avec|dans|pour|with|from)\Z")
"""Ends a line in the middle of a sentence."""
_PARAGRAPH = 300
"""In signs: what is as long is no headline, whatever it ends with."""
_ITEM = re.compile(r"[ \t]*(?:[-*•–—▪◦·>][ \t]|\d)")


class WrittenLine(NamedTuple):
    """A line of a text that is not empty, without the signs around it."""

    words: str
    start: int
    is_below_gap: bool
    """Whether an empty line, or nothing, stands above it."""


class Section(NamedTuple):
    """A heading, and the lines below it up to the next one."""

    heading: str
    start: int
    lines: tuple[WrittenLine, ...]


@lru_cache(maxsize=256)  # several checks look at the same texts
def sections(text: str) -> tuple[Section, ...]:
    """Return the parts of a text in their order; the first has no heading, and may be empty."""
    every = lines_of(text)
    found: list[tuple[str, int, list[WrittenLine]]] = [("", 0, [])]
    for n, line in enumerate(every):
        if n + 1 < len(every) and is_heading(line, every[n + 1]):
            found.append((_NUMBERED.sub("", line.words).rstrip(" \u00a0:"), line.start, []))
        else:
            found[-1][-1].append(line)
    return tuple(Section(heading, start, tuple(lines)) for heading, start, lines in found)


def heading_above(text: str, at: int) -> str:
    """Return the heading of the section in which a place stands; empty above the first."""
    every = sections(text)
    return every[bisect_right(every, at, key=lambda it: it.start) - 1].heading


@lru_cache(maxsize=256)  # several checks look at the same texts
def statements(text: str) -> tuple[SentenceInText, ...]:
    """Return the sentences of a text. A line that a new one does not go on with ends one, too."""
    found = []
    for part in sections(text):
        for line in _unfolded(part.lines, text):
            begins = 0
            for stop in _STOP.finditer(line.words):
                found.append(SentenceInText(line.words[begins : stop.start()], line.start + begins))
                begins = stop.end()
            found.append(SentenceInText(line.words[begins:], line.start + begins))
    return tuple(found)


def _unfolded(lines: Sequence[WrittenLine], text: str) -> Iterator[WrittenLine]:
    """Yield each line with those that go on with it."""
    whole: list[WrittenLine] = []
    for line in lines:
        if whole and not _goes_on(whole[-1], line):
            yield _joined(whole, text)
            whole = []
        whole.append(line)
    if whole:
        yield _joined(whole, text)


def _joined(lines: Sequence[WrittenLine], text: str) -> WrittenLine:
    first, last = lines[0], lines[-1]
    return first._replace(words=text[first.start : last.start + len(last.words)])


def _goes_on(above: WrittenLine, line: WrittenLine) -> bool:
    """Return whether a line goes on with that above it: in the middle of a sentence."""
    is_apart = line.is_below_gap or _ITEM.match(line.words) or ENDS_SENTENCE.search(above.words)
    return not is_apart and (line.words[0].islower() or bool(_CUT.search(above.words)))


def is_heading(line: WrittenLine, below: WrittenLine) -> bool:
    """Return whether a line is short, ends like none of a text, and stands above something."""
    words = line.words
    if _MARKDOWN.match(words):
        return True
    if len(words) > _LONGEST or len(words.split()) > _MOST_WORDS or _NO_HEADING.search(words):
        return False
    letters = _LETTERS.findall(words)
    if not letters:
        return False
    if sum(map(len, letters)) > _FEWEST and all(it.isupper() for it in letters):
        return True
    if not line.is_below_gap or not (words[0].isupper() or words[0].isdigit()):
        return False
    return not below.is_below_gap or len(below.words) > _PROSE or bool(_ITEM.match(below.words))


def lines_of(text: str) -> list[WrittenLine]:
    """Return the lines of a text that are not empty."""
    found, at, is_below_gap = [], 0, True
    for row in text.split("\n"):
        if words := row.strip(_MARKS if not row.lstrip().startswith(("**", "__")) else " \t"):
            found.append(WrittenLine(words, at + row.index(words), is_below_gap))
        is_below_gap = not words
        at += len(row) + 1
    return found


def first_sentences(text: str) -> int:
    """Return where the first paragraph of sentences begins; the end of a text without any."""
    for part in sections(text):
        for line in _unfolded(part.lines, text):
            is_ended = ENDS_SENTENCE.search(line.words) or len(line.words) > _PARAGRAPH
            if is_ended and len(line.words) > _PROSE:
                return line.start
    return len(text)
