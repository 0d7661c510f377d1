"""Does every period end after it begins?"""

import re
from collections.abc import Iterator
from datetime import date, time
from itertools import pairwise

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.prose import Passage, messages
from mailer.checks.reading.times.dates import Mention, mentions
from mailer.checks.reading.times.hours import periods

WHY = _("One of the two is wrong, and readers will believe either.")
SOURCE = sources.STANDARD_OF_THE_DESK

_EVENING, _MORNING = time(17), time(12)
_TO = re.compile(
    r"(?i)(?:(?<!\w)(?:au|to|until|through)[ \u00a0\n]+(?:the[ \u00a0\n]+)?|[–—-]\s*)\Z"
)
_BETWEEN = re.compile(r"(?i)\b(?:between|entre)[ \u00a0\n]+(?:(?:le|the)[ \u00a0\n]+)?\Z")
_AND = re.compile(r"(?i)\b(?:and|et)[ \u00a0\n]+(?:(?:le|the)[ \u00a0\n]+)?\Z")
_FIRST_DAY = re.compile(
    r"(?i)\b(?:du|from)\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(?:au|to)\s+\Z"
)
_LONGEST = 250
"""Days of a period that may begin in the year before the one that is given."""


def check(draft: Draft) -> Findings:
    """Yield a warning for hours and days whose end is before their beginning.

    A night goes on to the next day, and a winter to the next year.
    """
    for passage in messages(draft):
        for start, end in (*_hours(passage), *_days(passage), *_days_of_a_month(passage)):
            yield warning(
                passage.at(start),
                what=_(
                    "“{words}” ends before it begins.",
                    words=" ".join(passage.text[start:end].split()),
                ),
                why=WHY,
                remedy=_("Correct the beginning or the end."),
            )


def _hours(passage: Passage) -> Iterator[tuple[int, int]]:
    for first, last in periods(passage.text):
        is_night = first.at >= _EVENING and last.at <= _MORNING
        if last.at <= first.at and not is_night:
            yield first.start, last.end


def _days(passage: Passage) -> Iterator[tuple[int, int]]:
    found = sorted(mentions(passage.text, passage.language), key=lambda it: it.start)
    near = passage.planned.local.date() if passage.planned else date.min
    for first, last in pairwise(found):
        is_period = _TO.search(passage.text, first.start, last.start) or (
            _BETWEEN.search(passage.text, 0, first.start)
            and _AND.search(passage.text, first.end, last.start)
        )
        if is_period and last.start - first.end < len(" au dimanche ") and _ends(first, last, near):
            yield first.start, last.end


def _days_of_a_month(passage: Passage) -> Iterator[tuple[int, int]]:
    for last in mentions(passage.text, passage.language):
        first = _FIRST_DAY.search(passage.text, max(0, last.start - 30), last.start)
        if first and int(first[1]) > last.day:
            yield first.start(), last.end


def _ends(first: Mention, last: Mention, near: date) -> bool:
    """Return whether the last day is before the first one, in the year that fits best."""
    end = last.near(near)
    start = first.near(end) if end and first.year else None
    if end is None or (first.year and start is None):
        return False
    if start:
        return end < start
    begins = [_on(first, year) for year in (end.year, end.year - 1)]
    lengths = [(end - begin).days for begin in begins if begin and begin <= end]
    return not lengths or min(lengths) > _LONGEST


def _on(mention: Mention, year: int) -> date | None:
    return Mention(0, 0, "", mention.day, mention.month, year).near(date(year, 1, 1))
