"""Does the preheader add something?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.subjects import subjects

WHY = _("An inbox shows both on one line; the second half is wasted.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning if the preheader repeats the subject, since an inbox shows both."""
    for subject in subjects(draft):
        if subject.text and subject.text.casefold() == subject.preheader.casefold():
            yield warning(
                subject.place,
                what=_("The preheader repeats the subject."),
                why=WHY,
                remedy=_("Put place and hour into the preheader."),
            )
