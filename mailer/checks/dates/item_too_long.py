"""Does every item of a programme last as long as the hours around it leave?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.times.item_lengths import lengths_of_items

WHY = _("A newsroom plans by the one or the other, and comes too late or leaves too soon.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a note for 30 minutes before an item 20 minutes later, and an end before an item."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for told in lengths_of_items(passage):
            yield note(
                passage.at(told.start),
                what=_("“{words}” does not fit “{other}”.", words=told.words, other=told.other),
                why=WHY,
                remedy=_("Ask which of the two is right, and write it in both."),
            )
