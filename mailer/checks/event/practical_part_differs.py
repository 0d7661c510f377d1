"""Does the practical part of a text give the day and the hours that the rest of it gives?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.times.practical import practical_otherwise

WHY = _("Who only reads the practical part comes on another day, or at another hour.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a note for a day or an hour behind `When:` or `Practical information` that the text
    above gives otherwise.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        for told in practical_otherwise(passage, written_on):
            yield note(
                passage.at(told.start),
                what=_(
                    "“{words}” in the practical part, and “{other}” above.",
                    words=told.words,
                    other=told.other,
                ),
                why=WHY,
                remedy=_("Write the same day and hours in both."),
            )
