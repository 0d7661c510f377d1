"""Does the preheader add something?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.subjects import subjects
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "subject-equals-preheader"


def check(draft: Draft) -> Iterator[Finding]:
    """Subject and preheader stand side by side in the inbox."""
    for subject in subjects(draft):
        if subject.text and subject.text.casefold() == subject.preheader.casefold():
            yield Finding(
                NAME,
                Severity.WARNING,
                subject.place,
                _("The preheader repeats the subject."),
                _("An inbox shows both on one line; the second half is wasted."),
                _("Put place and hour into the preheader."),
            )
