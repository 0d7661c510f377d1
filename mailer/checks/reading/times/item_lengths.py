"""Find lengths of a programme that do not fit the hours around them, and an end before its items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.hours import HourInText, hours, periods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

_LENGTH = re.compile(
    r"(?<![\d:.])(?:(?P<hours>\d)[ \u00a0]?h(?:ours?|eures?|rs?)?(?:[ \u00a0](?P<half>\d\d))?|(?P<minutes>\d{1,3})[ \u00a0-]?(?:min|minutes?|mn))(?![\w:])"
)
_TOLD = re.compile(r"(?:\(|dur[ée]+e?[ \u00a0]?:?|duration:?|lasts|dure|length:?)[^\d()\n]{0,12}\Z", re.IGNORECASE)  # fmt: skip
_ENDS = re.compile(r"(?i)\b(?:fin(?: prévue)?|ends?|ending|finish(?:es)?|se termine|closes|until)[ \u00a0]*(?::|à|at|vers)?[ \u00a0]*\Z")  # fmt: skip
_LEAD = re.compile(r"[ \t*_•–—-]*")
_END_LINE = re.compile(r"(?i)[ \t*_•–—-]*(?:ends?|fin|close[sd]?|clôture)[ \u00a0]*(?::|à|at|vers)?[ \u00a0]*(?=\d)")  # fmt: skip
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_SHUTTLES = re.compile(r"(?i)\b(?:toutes? les|every|chaque|each)\b")
_DAY = 24 * 60


def lengths_of_items(passage: Passage) -> Iterator[ToldTwice]:
    """Yield each length that its own hours, or the hour of the next line, do not leave."""
    text = without_quotations(passage.text)
    for paragraph in _PARAGRAPH.finditer(text):
        lines = paragraph[0].split("\n")
        yield from _until_next(lines, paragraph.start())
        yield from _after_end(lines, paragraph.start())
        for line, start in _with_starts(lines, paragraph.start()):
            yield from _with_end(line, start)


def _with_starts(lines: list[str], start: int) -> Iterator[tuple[str, int]]:
    for line in lines:
        yield line, start
        start += len(line) + 1


def _first_hour(line: str) -> HourInText | None:
    """Return the hour with which a line begins."""
    every, lead = hours(line), _LEAD.match(line)
    return every[0] if every and lead and every[0].start == lead.end() else None


def _length(line: str) -> tuple[int, re.Match[str]] | None:
    """Return the only length that a line tells as one, in minutes."""
    told = [it for it in _LENGTH.finditer(line) if _TOLD.search(line[max(0, it.start() - 24) : it.start()])]  # fmt: skip
    if len(told) != 1:
        return None
    found = told[0]
    minutes = int(found["minutes"] or 0) + 60 * int(found["hours"] or 0) + int(found["half"] or 0)
    return minutes, found


def _until_next(lines: list[str], start: int) -> Iterator[ToldTwice]:
    for (line, at), (below, _at) in zip(
        _with_starts(lines, start), list(_with_starts(lines, start))[1:], strict=False
    ):
        first, second, told = _first_hour(line), _first_hour(below), _length(line)
        if first and second and told and not list(periods(line)):
            left = _minutes(second) - _minutes(first)
            if 0 < left < told[0]:
                words = below[second.start : second.end]
                yield ToldTwice(told[1][0], words, at + told[1].start())


def _with_end(line: str, start: int) -> Iterator[ToldTwice]:
    """Yield `Lasts 45 min, ends at 10 am` behind an hour that leaves more or less."""
    told = _length(line)
    every = [
        it for it in hours(line) if not told or not told[1].start() <= it.start < told[1].end()
    ]
    ends = [it for it in every if _ENDS.search(line[max(0, it.start - 24) : it.start])]
    if told and len(every) > 1 and len(ends) == 1 and not _SHUTTLES.search(line):
        left = (_minutes(ends[0]) - _minutes(every[0])) % _DAY
        if left != told[0]:
            words = line[every[0].start : every[0].end]
            last = line[ends[0].start : ends[0].end]
            yield ToldTwice(
                told[1][0], f"{words.strip()} – {last.strip()}", start + told[1].start()
            )


def _after_end(lines: list[str], start: int) -> Iterator[ToldTwice]:
    """Yield the end of a programme that stands before the hour of one of its items."""
    latest: HourInText | None = None
    words = ""
    for line, at in _with_starts(lines, start):
        every = hours(line)
        if latest and every and _END_LINE.match(line) and _minutes(every[0]) < _minutes(latest):
            yield ToldTwice(line.strip(), words, at)
        first = _first_hour(line)
        if first and (latest is None or _minutes(first) > _minutes(latest)):
            latest, words = first, line[first.start : first.end].strip()


def _minutes(hour: HourInText) -> int:
    return 60 * hour.at.hour + hour.at.minute
