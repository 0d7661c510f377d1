"""Can somebody be at every moment of the day that the text names?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.times.at_once import moments_at_once

WHY = _("A newsroom sends one crew, and does not know to which of the two.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a note for two moments with names of their own that are at one time."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for told in moments_at_once(passage):
            yield note(
                passage.at(told.start),
                what=_("“{words}” is while “{other}” lasts.", words=told.words, other=told.other),
                why=WHY,
                remedy=_("Correct the hour, or say that they are at the same time."),
            )
