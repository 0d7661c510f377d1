"""Does each weekday belong to its date?"""

from collections.abc import Iterator
from datetime import date

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.prose import Passage, messages
from mailer.checks.reading.times.dates import Mention, mentions, weekday_name
from mailer.checks.reading.times.years import years_of
from mailer.labels import WEEKDAYS

WHY = _("One of the two is wrong, and readers will believe either.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error for each date whose weekday differs from the calendar’s.

    A date without year is right if its weekday fits the year nearest to the day of writing, the
    next such day to come, or a year that the text bears.
    """
    for passage in messages(draft):
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        for mention in mentions(passage.text, passage.language):
            days = list(_possible_days(passage, mention, written_on))
            if mention.weekday is None or not days:
                continue
            if any(day.weekday() == mention.weekday for day in days):
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


def _possible_days(passage: Passage, mention: Mention, written_on: date) -> Iterator[date]:
    """Yield the days that a date may mean, the likeliest first."""
    near = mention.near(written_on)
    years = [] if mention.year else [it.year for it in years_of(passage, written_on.year)]
    if near and near < written_on and not mention.year:
        years.append(near.year + 1)
    for day in (near, *(mention.near(date(year, 7, 1)) for year in years)):
        if day is not None:
            yield day
