"""Is the HTML small enough to be shown whole?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding
from mailer.errors import Place
from mailer.model.mailings.message import Hole

CLIPPED_BYTES = 100_000
"""Gmail cuts off a message after about 102 kB of HTML, which hides the unsubscribe link."""

HEAVY_BYTES = 80_000

WHY = _("Gmail hides what comes after 102 kB, the footer first.")
SOURCE = sources.CLIPPING
READS_AUDIENCES = True


def check(draft: Draft) -> Findings:
    """Yield a finding for each version whose HTML is too large for the longest name of its list."""
    for planned in draft.plan:
        for variant, content in planned.step.contents.items():
            message = draft.messages.get((planned.step.id, variant))
            if message is None:
                continue
            audience = draft.audiences.get(planned.step.id)
            longest = audience.longest_names.get(variant, 0) if audience else 0
            size = sum(
                longest if isinstance(piece, Hole) else len(piece.encode())
                for piece in message.html
            )
            if size <= HEAVY_BYTES:
                continue
            yield finding(
                Severity.ERROR if size > CLIPPED_BYTES else Severity.WARNING,
                Place(content.file, content.line),
                what=_("The largest message weighs {size} kB of HTML.", size=round(size / 1000)),
                why=WHY,
                remedy=_("Shorten the text, or put the rest on a page and link to it."),
            )
