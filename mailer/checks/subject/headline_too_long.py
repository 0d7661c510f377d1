"""Can the headline be read at one glance?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.headlines import headlines

MAX_LENGTH = 120
"""In characters: three lines on a telephone."""

WHY = _("Past {longest} it is not read but skipped.", longest=MAX_LENGTH)
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for each headline that is too long."""
    for headline in headlines(draft):
        if len(headline.text) > MAX_LENGTH:
            yield warning(
                headline.place,
                what=_("The headline has {count} characters.", count=len(headline.text)),
                why=WHY,
                remedy=_("Say who does what; the rest belongs into the first paragraph."),
            )
