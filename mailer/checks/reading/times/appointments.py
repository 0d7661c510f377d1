"""Find the days to come, with their hour, on which a text says that people meet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.datelines import is_alone_in_head, is_dateline, is_day_of_issue
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.hours import hours
from mailer.checks.reading.times.on_duty import without_duty_hours
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mailer.checks.reading.texts.prose import Passage

_RELEASES = [language.release for language in LANGUAGES if language.release]
_LIMIT = RarePattern(
    rf"(?<!\w)(?i:{'|'.join(it.limit for it in _RELEASES)})(?!\w)[^.;\n]{{0,40}}\Z"
)
_LIMIT_BEHIND = RarePattern(rf"[^.;\n]{{0,40}}(?<!\w)(?i:{'|'.join(it.limit_behind for it in _RELEASES)})(?!\w)")  # fmt: skip
_EMBARGO = matches(in_any_language(lambda phrases: phrases.embargo))
_NOON = re.compile(r"(?i)(?<!\w)(?:midi|noon|midday|minuit|midnight)(?!\w)|(?<![\w.])(?:[01]?\d|2[0-3])\.[0-5]\d(?![\w.%])")  # fmt: skip
_EVERY = matches(r"(?i:chaque|tous les|toutes les|every|each|daily)")
_BEFORE = 60
_AROUND = 500
"""In signs to either side: anything further is no part of what is said of a day."""


class Appointment(NamedTuple):
    """A day on which people meet, where it stands, and the lines around it."""

    day: date
    start: int
    around: str


def appointments(passage: Passage, written_on: date) -> Iterator[Appointment]:
    """Yield each day to come beside which an hour stands: no limit, no embargo, no day of every
    week, and none of the hours at which somebody answers.
    """
    text = without_duty_hours(without_quotations(passage.text))
    for mention in mentions(text, passage.language):
        day = mention.near(written_on)
        if day is None or day < written_on:
            continue
        if any(it(passage, mention) for it in (is_dateline, is_day_of_issue, is_alone_in_head)):
            continue
        line = text[text.rfind("\n", 0, mention.start) + 1 : _end(text, "\n", mention.start)]
        before = text[max(0, mention.start - _BEFORE) : mention.start].rpartition("\n")[2]
        is_limit = _LIMIT.search(before) or _LIMIT_BEHIND.match(text, mention.end)
        around = _around(text, mention.start)
        has_hour = hours(around) or _NOON.search(around)
        if has_hour and not (is_limit or _EMBARGO.search(around) or _EVERY.search(line)):
            yield Appointment(day, mention.start, around)


def _around(text: str, at: int) -> str:
    """Return the line of a place, that above it and that below it."""
    first = max(0, at - _AROUND)
    line = text.rfind("\n", first, at)
    above = text.rfind("\n", first, line) if line >= 0 else -1
    return text[max(first, above + 1) : _end(text, "\n", _end(text, "\n", at) + 1)]


def _end(text: str, sign: str, at: int) -> int:
    end = text.find(sign, at, at + _AROUND)
    return end if end >= 0 else at + _AROUND
