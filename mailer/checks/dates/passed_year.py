"""Is every year that is to come still to come?"""

from functools import partial

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.times.outdated import passed_years

WHY = _("The year stayed from an older text: nobody knows which one is meant.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a note for a limit, a plan or a new publication in a year that has passed."""
    yield from notes_of(draft, partial(passed_years, year=draft.now.year), why=WHY)
