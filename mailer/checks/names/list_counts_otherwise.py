"""Does a list have as many items as the text announces?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.quantities.announced import lists_otherwise
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations

WHY = _("Either somebody is missing from the list, or one too many stands in it.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for a list that is longer or shorter than the number before it.

    Where a comma may stand between a name and its role, or inside an item, nothing is counted.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for found in lists_otherwise(without_quotations(passage.text)):
            yield note(
                passage.at(found.start),
                what=_(
                    "“{words}” are announced, and {count} follow.",
                    words=found.words,
                    count=found.named,
                ),
                why=WHY,
                remedy=_("Correct the number, or complete the list."),
            )
