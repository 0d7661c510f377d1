"""Does accreditation close before the event begins?"""

from mailer.calendar.timetable import event_start
from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.places import place_of

WHY = _("Nobody can prepare badges for requests that arrive afterwards.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error if the accreditation deadline is not before the event."""
    deadline, begins_at = draft.campaign.accreditation.deadline, event_start(draft.campaign.event)
    if deadline and begins_at and deadline >= begins_at:
        yield error(
            place_of(draft.campaign, "accreditation.deadline"),
            what=_("Accreditation closes when the event has begun."),
            why=WHY,
            remedy=_(
                "Put the deadline before the event, for instance {example}.", example='"J-1 12:00"'
            ),
        )
