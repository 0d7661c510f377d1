"""Find lengths of a programme that do not fit the hours around them, and an end before its items."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.hours import HourInText, hours, periods
from mailer.checks.reading.times.on_duty import without_duty_hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.times.dates import Mention

_LENGTH = re.compile(
    r"(?<![\d:.])(?:(?P<hours>\d)[ \u00a0]?h(?:ours?|eures?|rs?)?(?:[ \u00a0](?P<half>\d\d))?|(?P<minutes>\d{1,3})[ \u00a0-]?(?:min|minutes?|mn))(?![\w:])"
)
_TOLD = re.compile(r"(?:\(|dur[ée]+e?[ \u00a0]?:?|duration:?|lasts|dure|length:?)[^\d()\n]{0,12}\Z", re.IGNORECASE)  # fmt: skip
_ENDS = re.compile(r"(?i)\b(?:fin(?: prévue)?|ends?|ending|finish(?:es)?|se termine|closes|until|jusqu[’']à)[ \u00a0]*(?::|à|at|vers)?[ \u00a0]*\Z")  # fmt: skip
_LEAD = re.compile(r"[ \t*_•–—-]*")
_END_LINE = re.compile(r"(?i)[ \t*_•–—-]*(?:ends?|fin|close[sd]?|clôture)[ \u00a0]*(?::|à|at|vers)?[ \u00a0]*(?=\d)")  # fmt: skip
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_SHUTTLES = re.compile(r"(?i)\b(?:toutes? les|every|chaque|each)\b")
_LEAVES = re.compile(r"(?i)\b(?:leaves?|departs?|sails?|sets? off|part(?:ira|ent)?|départ|begins?|starts?|commence\w*|débute\w*)\b[^.;]{0,40}\Z")  # fmt: skip
_CHECKS_IN = re.compile(r"(?i)\b(?:check-?in|boarding|embarquement|enregistrement|coffee|café|doors|portes|accueil|arrival|registration)\b[^.;\d]{0,20}\Z")  # fmt: skip
_LAST_ENTRY = re.compile(r"(?i)\b(?:last (?:entry|admission)|dernière (?:entrée|admission)|dernier(?:s)? (?:accès|départs?|billets?))\b[^.;\d]{0,20}\Z")  # fmt: skip
_OPENS_OR_CLOSES = re.compile(
    r"(?im)^[ \t*_•–—-]*(?P<hour>\d{1,2}[ \u00a0]?[h:.][ \u00a0]?(?:\d\d)?(?:[ \u00a0]?[ap]m)?)[ \u00a0]*[:–—-]?[ \u00a0]*(?:(?P<opens>ouverture(?: des portes)?|opening|gates open)|clôture|fermeture|closing|fin)[ \t.]*$"
)
_APART = 70
_DAY = 24 * 60


def lengths_of_items(passage: Passage) -> Iterator[ToldTwice]:
    """Yield each length that its own hours, or the hour of the next line, do not leave."""
    text = without_duty_hours(without_quotations(passage.text))
    for paragraph in _PARAGRAPH.finditer(text):
        lines = paragraph[0].split("\n")
        yield from _until_next(lines, paragraph.start())
        yield from _after_end(lines, paragraph.start())
        yield from _before_arrival(paragraph[0], paragraph.start())
        for line, start in _with_starts(lines, paragraph.start()):
            yield from _with_end(line, start)
    yield from _outside(text, mentions(text, passage.language))


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


def _before_arrival(words: str, start: int) -> Iterator[ToldTwice]:
    """Yield a check-in after the departure, and a last entry after the closing."""
    every = hours(words)
    for first, second in pairwise(every):
        before = words[max(0, first.start - 50) : first.start]
        between = words[first.end : second.start]
        leaves = _LEAVES.search(before) and _CHECKS_IN.search(between)
        enters = _LAST_ENTRY.search(between)
        is_late = _minutes(second) > _minutes(first)
        if len(between) <= _APART and is_late and (leaves or enters):
            told = [words[it.start : it.end].strip() for it in (second, first)]
            yield ToldTwice(told[0], told[1], start + second.start)


def _outside(text: str, days: Sequence[Mention]) -> Iterator[ToldTwice]:
    """Yield `10 am: opening` and `6 pm: closing` that are not those of the only period of that day."""
    every = list(periods(text))
    spans = {(it[0].at, it[1].at) for it in every}
    of_period = _day_above(days, every[0][0].start) if every else None
    for found in _OPENS_OR_CLOSES.finditer(text) if len(spans) == 1 else ():
        ((first, last),) = spans
        hour = next(iter(hours(found["hour"])), None)
        meant = first if found["opens"] else last
        own = _day_above(days, found.start())
        is_one_day = own is None or of_period is None or own == of_period
        if hour and hour.at != meant and is_one_day:
            yield ToldTwice(" ".join(found[0].split()), f"{meant:%H:%M}", found.start("hour"))


def _day_above(days: Sequence[Mention], at: int) -> tuple[int, int] | None:
    """Return month and day of the last date before a place."""
    above = [it for it in days if it.start < at]
    last = max(above, key=lambda it: it.start, default=None)
    return (last.month, last.day) if last else None


def _minutes(hour: HourInText) -> int:
    return 60 * hour.at.hour + hour.at.minute
