"""Is every number of years that of the years beside it?"""

from functools import partial

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.times.years_ago import years_that_disagree

WHY = _("Two dates of one story: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for years since a year, or within a span, that are more or fewer than told."""
    yield from notes_of(draft, partial(years_that_disagree, year=draft.now.year), why=WHY)
