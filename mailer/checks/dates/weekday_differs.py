"""Does each weekday belong to its date?"""

from datetime import date

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.dates import Mention, mentions, weekday_name
from mailer.checks.reading.prose import Passage, messages
from mailer.checks.reading.years import years_of
from mailer.labels import WEEKDAYS

WHY = _("One of the two is wrong, and readers will believe either.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error for each date whose weekday differs from the calendar’s."""
    for passage in messages(draft):
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        for mention in mentions(passage.text, passage.language):
            day = mention.near(written_on)
            if mention.weekday is None or day is None or day.weekday() == mention.weekday:
                continue
            if not mention.year and _fits_a_year(passage, mention, written_on.year):
                continue
            right = weekday_name(day.weekday(), passage.language)
            yield error(
                passage.at(mention.start),
                what=_(
                    "“{words}”: that day is a {weekday}.",
                    words=mention.words,
                    weekday=WEEKDAYS[day.weekday()],
                ),
                why=WHY,
                remedy=_("Write “{weekday}”, or correct the date.", weekday=right),
            )


def _fits_a_year(passage: Passage, mention: Mention, since: int) -> bool:
    """Return whether the weekday is right in another year that the text bears."""
    days = (mention.near(date(it.year, 7, 1)) for it in years_of(passage, since))
    return any(day is not None and day.weekday() == mention.weekday for day in days)
