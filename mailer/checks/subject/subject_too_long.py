"""Is the subject short enough to be shown whole?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.subjects import subjects

MAX_SUBJECT_LENGTH = 70
"""In characters. The best subjects among five million pitches had 64 on average."""

WHY = _("Past {longest} characters its end is cut off.", longest=MAX_SUBJECT_LENGTH)
SOURCE = sources.SUBJECTS


_WHY_LABELLED = _(
    "An inbox shows {longest} characters at most, and fewer of it: the embargo, which is not counted, stands before it.",
    longest=MAX_SUBJECT_LENGTH,
)


def check(draft: Draft) -> Findings:
    """Yield a warning for each subject that is longer than a desktop inbox shows.

    The label that the program writes before it is not counted: nobody could shorten it.
    """
    for subject in subjects(draft):
        if len(subject.written) > MAX_SUBJECT_LENGTH:
            yield warning(
                subject.place,
                what=_(
                    "The subject has {length} characters: {subject}",
                    length=len(subject.written),
                    subject=subject.written,
                ),
                why=WHY if subject.written == subject.text else _WHY_LABELLED,
                remedy=_("Keep kind, event and date; the preheader takes the rest."),
            )
