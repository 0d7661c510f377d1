"""Does the subject name its subject?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.subjects import subjects
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "subject-says-nothing"

_LABEL = re.compile(rf"\[?{in_any_language(lambda phrases: phrases.document)}\]?[\s.:!–-]*")


def check(draft: Draft) -> Iterator[Finding]:
    """A kind of document is no subject."""
    for subject in subjects(draft):
        if _LABEL.fullmatch(subject.text):
            yield Finding(
                NAME,
                Severity.WARNING,
                subject.place,
                _(
                    "The subject names a kind of document and nothing else: {subject}",
                    subject=subject.text,
                ),
                _("A journalist decides in five seconds, and has a hundred of these a week."),
                _("Add the event and its date."),
            )
