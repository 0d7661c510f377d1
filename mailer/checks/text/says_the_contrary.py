"""Does the text say one thing, and not its contrary in other words?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.contraries import contraries

WHY = _("Half of the readers stay away, and the others come for nothing.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a note for `open to all` and `by invitation`, free and paid, online and a room, morning
    and an hour of the evening.
    """
    yield from notes_of(draft, contraries, why=WHY)
