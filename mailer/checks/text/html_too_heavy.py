"""Will the mail be shown whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "html-too-heavy"

CLIPPED_BYTES = 100_000
"""Gmail cuts a message off at about 102 kB of HTML, the unsubscribe link first."""

HEAVY_BYTES = 80_000


def check(draft: Draft) -> Iterator[Finding]:
    """The HTML of each version, before the recipient’s own places are filled."""
    for planned in draft.plan:
        for variant, content in planned.step.contents.items():
            message = draft.messages.get((planned.step.id, variant))
            if message is None:
                continue
            size = sum(len(piece.encode()) for piece in message.html if isinstance(piece, str))
            if size <= HEAVY_BYTES:
                continue
            yield Finding(
                NAME,
                Severity.ERROR if size > CLIPPED_BYTES else Severity.WARNING,
                Place(content.file, content.line),
                _("The message weighs {size} kB of HTML.", size=round(size / 1000)),
                _("Gmail hides what comes after 102 kB, the footer first."),
                _("Shorten the text, or put the rest on a page and link to it."),
            )
