"""Is every product and rate that of its factors?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.quantities.products import products_that_disagree

WHY = _("Who reckons finds that one of the figures is wrong, and doubts all the others.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for `six terms of 30 points, that is 210 points` and `60 a day, or 12,000 a year`."""
    yield from notes_of(draft, products_that_disagree, why=WHY)
