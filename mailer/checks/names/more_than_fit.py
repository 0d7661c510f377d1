"""Is there a place for everybody who is expected?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.quantities.capacities import crowds_that_do_not_fit

WHY = _("A crew asks whether it will get in, and the text does not say.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a note for more people, or places for the press, than the room has places."""
    yield from notes_of(draft, crowds_that_do_not_fit, why=WHY)
