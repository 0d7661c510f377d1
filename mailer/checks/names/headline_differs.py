"""Does the text give the figures, the day and the length that its headline announces?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.headline_figures import headline_otherwise
from mailer.checks.reading.texts.prose import PassagePart, messages

WHY = _("The headline is printed first: what the text says otherwise is an error with a name.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for a number, day, length or share that the text only gives otherwise."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        written_on = passage.planned.local.date() if passage.planned else draft.now.date()
        for told in headline_otherwise(passage, written_on):
            yield note(
                passage.at(told.start),
                what=_(
                    "“{words}” here, and “{other}” in the headline.",
                    words=told.words,
                    other=told.other,
                ),
                why=WHY,
                remedy=_("Write the right one in both, or say what each is."),
            )
