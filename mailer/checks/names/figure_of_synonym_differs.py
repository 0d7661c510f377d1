"""Has one thing one figure under all its names?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.quantities.synonyms import synonyms_that_disagree

WHY = _("Two figures for one thing: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for 24 beds and 28 places, or a cost that is not the budget."""
    yield from notes_of(draft, synonyms_that_disagree, why=WHY)
