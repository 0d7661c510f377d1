"""Does each weekday belong to its date?"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, _, error, note
from mailer.checks.reading.texts.prose import Passage, messages
from mailer.checks.reading.times.dates import Mention, mentions, weekday_name
from mailer.checks.reading.times.years import years_of
from mailer.labels import WEEKDAYS

_LONG_AGO = timedelta(days=60)
_HOUR_BEHIND = re.compile(
    r"(?i)[ \u00a0]?[,:–(-]?[ \u00a0]?(?:(?:de|à|from|at|dès)[ \u00a0])?\d{1,2}(?:[ \u00a0]?h\b|[ \u00a0]?h[ \u00a0]?\d\d|[:.]\d\d|[ \u00a0]?[ap]\.?m\b)"
)
_LAST_DAY = re.compile(r"(?i)(?:by|before|until|avant le|jusqu[’']au|au plus tard le)[ \u00a0]\Z")

WHY = _("One of the two is wrong, and readers will believe either.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error for each date whose weekday differs from the calendar’s.

    A date without year is right if its weekday fits the year nearest to the day of writing, the
    next such day to come, or a year that the text bears. A note is yielded for an appointment, in a
    text about what is to come, whose weekday fits a past year alone.
    """
    for passage in messages(draft):
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        found = mentions(passage.text, passage.language)
        is_ahead = any(day > written_on for day in _full_dates(found, written_on))
        for mention in found:
            days = list(_possible_days(passage, mention, written_on))
            if mention.weekday is None or not days:
                continue
            fitting = [day for day in days if day.weekday() == mention.weekday]
            if fitting:
                is_past = max(fitting) < written_on - _LONG_AGO
                if is_past and is_ahead and not mention.year and _is_appointment(passage, mention):
                    yield _of_another_year(passage, mention, max(fitting))
                continue
            right = weekday_name(days[0].weekday(), passage.language)
            yield error(
                passage.at(mention.start),
                what=_(
                    "“{words}”: that day is a {weekday}.",
                    words=mention.words,
                    weekday=WEEKDAYS[days[0].weekday()],
                ),
                why=WHY,
                remedy=_("Write “{weekday}”, or correct the date.", weekday=right),
            )


def _full_dates(found: Iterable[Mention], written_on: date) -> Iterator[date]:
    for mention in found:
        if mention.year and (day := mention.near(written_on)):
            yield day


def _is_appointment(passage: Passage, mention: Mention) -> bool:
    """Return whether an hour stands behind the date, or a word for the last day before it."""
    text = passage.text
    return bool(
        _HOUR_BEHIND.match(text, mention.end)
        or _LAST_DAY.search(text[max(0, mention.start - 20) : mention.start])
    )


def _of_another_year(passage: Passage, mention: Mention, day: date) -> Finding:
    return note(
        passage.at(mention.start),
        what=_(
            "“{words}”: that was a {weekday} in {year}, and the text is about what is to come.",
            words=mention.words,
            weekday=WEEKDAYS[day.weekday()],
            year=str(day.year),
        ),
        why=WHY,
        remedy=_("Correct the day or the weekday, or write the year."),
    )


def _possible_days(passage: Passage, mention: Mention, written_on: date) -> Iterator[date]:
    """Yield the days that a date may mean, the likeliest first."""
    near = mention.near(written_on)
    years = [] if mention.year else [it.year for it in years_of(passage, written_on.year)]
    if near and near < written_on and not mention.year:
        years.append(near.year + 1)
    for day in (near, *(mention.near(date(year, 7, 1)) for year in years)):
        if day is not None:
            yield day
