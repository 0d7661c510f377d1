"""Has no figure lost its unit, or the order of its digits?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.quantities.slips import slips_of_figures

WHY = _("Two figures for one thing: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for 300 kWh after 300 MWh, and for 23 hectares after 32."""
    yield from notes_of(draft, slips_of_figures, why=WHY)
