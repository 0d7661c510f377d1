"""Does each weekday belong to its date?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.dates import mentions, weekday_name
from mailer.checks.reading.prose import messages
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
