"""Do hours stand in the order in which things happen?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.hour_pairs import reversed_hours

WHY = _("One of the two hours is wrong, and crews will come at either.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a note for a return before the departure, an end before the beginning, and doors that
    open after it. A night goes on to the next day, and so does what names a day in between.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for found in reversed_hours(without_quotations(passage.text)):
            yield note(
                passage.at(found.start),
                what=_(
                    "“{words}”: these hours cannot follow each other.",
                    words=" ".join(passage.text[found.start : found.end].split()).rstrip("."),
                ),
                why=WHY,
                remedy=_("Correct one of the two hours."),
            )
