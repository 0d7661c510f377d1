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
_BEFORE = 60
_AROUND = 500
"""In signs to either side: anything further is no part of what is said of a day."""


class Appointment(NamedTuple):
    """A day on which people meet, where it stands, and the paragraph around it."""

    day: date
    start: int
    paragraph: str


def appointments(passage: Passage, written_on: date) -> Iterator[Appointment]:
    """Yield each day to come in whose paragraph an hour stands: no limit, no embargo, and none of
    the hours at which somebody answers.
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
        paragraph = _paragraph(text, mention.start)
        has_hour = hours(paragraph) or _NOON.search(paragraph)
        if has_hour and not (is_limit or _EMBARGO.search(line)):
            yield Appointment(day, mention.start, paragraph)


def _paragraph(text: str, at: int) -> str:
    first = max(0, at - _AROUND)
    return text[max(first, text.rfind("\n\n", first, at)) : _end(text, "\n\n", at)]


def _end(text: str, sign: str, at: int) -> int:
    end = text.find(sign, at, at + _AROUND)
    return end if end >= 0 else at + _AROUND
