"""Can the subject be read whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.subjects import subjects
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "subject-too-long"

LONGEST = 70
"""Characters. The best subjects among five million pitches had 64 on average."""


def check(draft: Draft) -> Iterator[Finding]:
    """A subject keeps within what an inbox shows on a desktop."""
    for subject in subjects(draft):
        if len(subject.text) > LONGEST:
            yield Finding(
                NAME,
                Severity.WARNING,
                subject.place,
                _(
                    "The subject has {length} characters: {subject}",
                    length=len(subject.text),
                    subject=subject.text,
                ),
                _("Past {longest} characters its end is cut off.", longest=LONGEST),
                _("Keep kind, event and date; the preheader takes the rest."),
            )
