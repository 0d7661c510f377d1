"""Does the subject say what the mail is about?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.subjects import subjects

_LABEL = re.compile(rf"\[?{in_any_language(lambda phrases: phrases.document)}\]?[\s.:!–-]*")

WHY = _("A journalist decides in five seconds, and has a hundred of these a week.")
SOURCE = sources.SUBJECTS


def check(draft: Draft) -> Findings:
    """Yield a warning if the subject only names a kind of document, such as “Press release”."""
    for subject in subjects(draft):
        if _LABEL.fullmatch(subject.text):
            yield warning(
                subject.place,
                what=_(
                    "The subject names a kind of document and nothing else: {subject}",
                    subject=subject.text,
                ),
                why=WHY,
                remedy=_("Add the event and its date."),
            )
