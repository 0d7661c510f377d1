"""Does each date exist?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.prose import messages
from mailer.checks.reading.times.dates import mentions

WHY = _("Nobody can come on a day that does not exist.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error for each date that does not exist, such as 30 February."""
    for passage in messages(draft):
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        for mention in mentions(passage.text, passage.language):
            if mention.near(written_on) is None:
                yield error(
                    passage.at(mention.start),
                    what=_("There is no such day as {day}.", day=mention.words),
                    why=WHY,
                    remedy=_(
                        "Correct the date, or write {fact} to take it from the event.",
                        fact="{{ event.date }}",
                    ),
                )
