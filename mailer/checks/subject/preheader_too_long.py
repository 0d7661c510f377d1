"""Is the preheader short enough to be shown?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.subjects import subjects

MAX_PREHEADER_LENGTH = 140
"""In characters: the widest inbox shows no more beside a short subject."""

WHY = _("Inboxes show 40 to 100 characters of it: what counts at its end is never seen.")
SOURCE = sources.SUBJECTS


def check(draft: Draft) -> Findings:
    """Yield a note for each preheader that every inbox cuts off."""
    for subject in subjects(draft):
        if len(subject.preheader) > MAX_PREHEADER_LENGTH:
            yield note(
                subject.place,
                what=_(
                    "The preheader has {length} characters: {preheader}",
                    length=len(subject.preheader),
                    preheader=subject.preheader,
                ),
                why=WHY,
                remedy=_("Keep what adds to the subject, in 100 characters."),
            )
