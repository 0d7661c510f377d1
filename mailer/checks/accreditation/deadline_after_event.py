"""Does accreditation close before the event begins?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of
from mailer.model.finding import Finding, Severity
from mailer.timetable import event_start
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "deadline-after-event"


def check(draft: Draft) -> Iterator[Finding]:
    """The deadline for accreditation lies before the event."""
    deadline, begins_at = draft.campaign.accreditation.deadline, event_start(draft.campaign.event)
    if deadline and begins_at and deadline >= begins_at:
        yield Finding(
            NAME,
            Severity.ERROR,
            place_of(draft.campaign, "accreditation.deadline"),
            _("Accreditation closes when the event has begun."),
            _("Nobody can prepare badges for requests that arrive afterwards."),
            _("Put the deadline before the event, for instance {example}.", example='"J-1 12:00"'),
        )
