"""Until when can one be accredited?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "accreditation-without-deadline"


def check(draft: Draft) -> Iterator[Finding]:
    """Compulsory accreditation has a deadline."""
    if draft.campaign.accreditation.required and draft.campaign.accreditation.deadline is None:
        yield Finding(
            NAME,
            Severity.ERROR,
            place_of(draft.campaign, "accreditation.deadline"),
            _("Accreditation is compulsory and has no deadline."),
            _("Requests will arrive on the morning of the event, and be refused at the door."),
            _("Write deadline = {example} under [accreditation].", example='"J-1 12:00"'),
        )
