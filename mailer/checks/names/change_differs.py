"""Does what rises rise, and by as much as its figures say?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.quantities.changes import changes_that_disagree

WHY = _("A headline is made of the rise or the fall: it would say the contrary.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for a rise that falls, a double that is none, and a share of another change."""
    yield from notes_of(draft, changes_that_disagree, why=WHY)
