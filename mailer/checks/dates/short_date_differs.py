"""Does each short date exist, and on its weekday?"""

from functools import partial

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.times.short_dates import short_dates_that_are_none

WHY = _("One of the two is wrong, and readers will believe either.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a note for `ven. 27/11` of a year in which that day is a Saturday, and for `31/11`."""
    yield from notes_of(draft, partial(short_dates_that_are_none, near=draft.now.date()), why=WHY)
