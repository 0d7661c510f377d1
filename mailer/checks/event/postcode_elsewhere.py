"""Is every postcode that of its town?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.postcodes import postcodes_of_elsewhere

WHY = _("A van with a satellite dish drives to the wrong town.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a note for a postcode of another town, department, district or state."""
    yield from notes_of(draft, postcodes_of_elsewhere, why=WHY)
