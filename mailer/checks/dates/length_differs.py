"""Does everything last as long as its first and last hour or day say?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.lengths import lengths_elsewhere, lengths_otherwise

WHY = _("A newsroom plans by the one or the other, and comes too late or leaves too soon.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a note for a length that is not that of the only period of its sentence, or of the text
    where the length refers to it.

    What begins several times within its hours, or happens every so often, may be shorter.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        text = without_quotations(passage.text)
        for found in (*lengths_otherwise(passage, text), *lengths_elsewhere(passage, text)):
            yield note(
                passage.at(found.start),
                what=_(
                    "“{words}” is not the length of “{period}”.",
                    words=found.words,
                    period=found.period,
                ),
                why=WHY,
                remedy=_("Correct the length, the beginning or the end."),
            )
