"""Is every half, third or share that of the number beside it?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.quantities.fractions import fractions_that_disagree

WHY = _("Who reckons finds that one of the figures is wrong, and doubts all the others.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for a count that is another share of its whole than the words beside it say."""
    yield from notes_of(draft, fractions_that_disagree, why=WHY)
