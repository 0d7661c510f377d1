"""Does each date exist?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.dates import mentions
from mailer.checks.reading.prose import messages
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "date-that-is-none"


def check(draft: Draft) -> Iterator[Finding]:
    """30 February, 31 April or 45 May are slips of the hand."""
    for passage in messages(draft):
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        for mention in mentions(passage.text, passage.language):
            if mention.near(written_on) is None:
                yield Finding(
                    NAME,
                    Severity.ERROR,
                    passage.at(mention.start),
                    _("There is no such day as {day}.", day=mention.words),
                    _("Nobody can come on a day that does not exist."),
                    _(
                        "Correct the date, or write {fact} to take it from the event.",
                        fact="{{ event.date }}",
                    ),
                )
