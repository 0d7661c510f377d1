"""Does a journalist know where to go?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of
from mailer.model.campaign import CampaignKind
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "event-without-place"


def check(draft: Draft) -> Iterator[Finding]:
    """An event needs a place to go to; a save-the-date may name the city alone."""
    campaign = draft.campaign
    if campaign.event is None or campaign.event.venue or campaign.event.address:
        return
    if campaign.kind is CampaignKind.SAVE_THE_DATE and campaign.place:
        return
    yield Finding(
        NAME,
        Severity.ERROR,
        place_of(campaign, "event.venue"),
        _("The event has no place."),
        _("Day, hour and place are the three things an invitation must not forget."),
        _("Write venue and address under [event]."),
    )
