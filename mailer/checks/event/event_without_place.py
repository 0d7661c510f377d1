"""Does a journalist know where to go?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.places import place_of
from mailer.model.campaign import CampaignKind

WHY = _("Day, hour and place are the three things an invitation must not forget.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error if the event has no place. A save-the-date needs only the city."""
    campaign = draft.campaign
    if campaign.event is None or campaign.event.venue or campaign.event.address:
        return
    if campaign.kind is CampaignKind.FOLLOW_UP:  # nobody comes any more
        return
    if campaign.kind is CampaignKind.SAVE_THE_DATE and campaign.place:
        return
    yield error(
        place_of(campaign, "event.venue"),
        what=_("The event has no place."),
        why=WHY,
        remedy=_("Write venue and address under [event]."),
    )
