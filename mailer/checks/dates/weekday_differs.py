"""Does each weekday belong to its date?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.dates import mentions, weekday_name
from mailer.checks.reading.prose import messages
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "weekday-differs"


def check(draft: Draft) -> Iterator[Finding]:
    """A weekday written beside a date is the one the calendar gives it."""
    for passage in messages(draft):
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        for mention in mentions(passage.text, passage.language):
            day = mention.near(written_on)
            if mention.weekday is None or day is None or day.weekday() == mention.weekday:
                continue
            right = weekday_name(day.weekday(), passage.language)
            yield Finding(
                NAME,
                Severity.ERROR,
                passage.at(mention.start),
                _("“{words}”: that day is a {weekday}.", words=mention.words, weekday=right),
                _("One of the two is wrong, and readers will believe either."),
                _("Write {weekday}, or correct the date.", weekday=right),
            )
