"""Does a journalist know where to go?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, Severity, _, finding
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import messages
from mailer.model.campaigns.campaign import CampaignKind

WHY = _("Day, hour and place are the three things an invitation must not forget.")
SOURCE = sources.STANDARD_OF_THE_DESK

_ONLINE = re.compile(rf"\b{in_any_language(lambda phrases: phrases.held_online)}\b")


def check(draft: Draft) -> Findings:
    """Yield an error if the event has no place; a note if a text says that something is online. A
    save-the-date needs only the city.
    """
    campaign = draft.campaign
    if campaign.event is None or campaign.event.venue or campaign.event.address:
        return
    if campaign.kind is CampaignKind.FOLLOW_UP:  # nobody comes any more
        return
    if campaign.kind is CampaignKind.SAVE_THE_DATE and campaign.place:
        return
    is_online = any(_ONLINE.search(passage.text) for passage in messages(draft))
    yield finding(
        Severity.NOTE if is_online else Severity.ERROR,
        place_of(campaign, "event.venue"),
        what=_("The event has no place."),
        why=WHY,
        remedy=_("Fill in {facts}.", facts=(FactKey("event.venue"), FactKey("event.address"))),
    )
