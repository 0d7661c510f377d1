"""Is every address spelt as the others of its house?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.addresses import addresses_that_are_almost_one
from mailer.checks.reading.texts.prose import PassagePart, messages

WHY = _("What is written to a mistyped address reaches nobody, or somebody else.")
SOURCE = sources.REACHABILITY


def check(draft: Draft) -> Findings:
    """Yield a note for a site that is almost another one of the text, or a mailbox that is almost
    the name before it.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for told in addresses_that_are_almost_one(passage.source):
            yield note(
                passage.at(told.start),
                what=_("“{words}” does not fit “{other}”.", words=told.words, other=told.other),
                why=WHY,
                remedy=_("Open it, or write to it, and correct the one that is wrong."),
            )
