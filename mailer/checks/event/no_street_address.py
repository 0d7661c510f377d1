"""Does the place of the event have a street address?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, Severity, _, finding, note
from mailer.checks.reading.names.streets import NUMBER_BEFORE, POSTCODE, has_address, has_street
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.times.appointments import appointments
from mailer.model.campaigns.campaign import CampaignKind

WHY = _("A camera crew types the address into its telephone: a name alone leads elsewhere.")
SOURCE = sources.STANDARD_OF_THE_DESK

# `Unter den Linden 6`, `10 Downing`; a postal code of five digits is no number of a house.
_NUMBER = re.compile(r"(?<![\d-])\d{1,4}(?:\s?(?:bis|ter|[A-Da-d]))?\b(?!\s*(?:h|:|\d))")
_ONLY_TOWN = re.compile(rf"{POSTCODE}[^,\d]*")
_LANDMARK = re.compile(rf"\b{in_any_language(lambda phrases: phrases.street)}\b")
"""What a name may lead to all the same: `campus de Beaulieu`, `gare de Lyon`."""
_ONLINE = re.compile(rf"\b{in_any_language(lambda phrases: phrases.held_online)}\b")
_NOBODY_COMES = frozenset({CampaignKind.FOLLOW_UP, CampaignKind.CANCELLATION})


def check(draft: Draft) -> Findings:
    """Yield a warning for an event that people come to and whose place has no street; of a date to
    save only where journalists must ask for their place already.
    """
    event = draft.campaign.event
    if draft.campaign.kind in _NOBODY_COMES or _is_only_to_be_saved(draft):
        return
    if event is None:
        yield from _told_in_texts(draft)
        return
    if not (event.venue or event.address):  # said by another check
        return
    place = f"{event.venue}, {event.address}, {event.access}"
    is_numbered = _NUMBER.search(event.address) and not _ONLY_TOWN.fullmatch(event.address)
    if (
        is_numbered
        or _ONLINE.search(place)
        or any(map(has_street, (event.venue, event.address, event.access)))
    ):
        return
    if any(NUMBER_BEFORE.search(passage.text) for passage in messages(draft)):
        return
    yield finding(
        Severity.NOTE if _LANDMARK.search(event.address) else Severity.WARNING,
        place_of(draft.campaign, "event.address"),
        what=_("The place has no street address: {place}", place=event.address or event.venue),
        why=WHY,
        remedy=_(
            "Write number, street, postal code and town: {fact}.", fact=FactKey("event.address")
        ),
    )


def _told_in_texts(draft: Draft) -> Findings:
    """Yield a note where a text says when people meet, and nothing in it looks like an address."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT or has_address(passage.text):
            continue
        leaves = passage.planned.local.date() if passage.planned else draft.now.date()
        for meeting in appointments(passage, leaves):
            if meeting.day == leaves or _ONLINE.search(meeting.around):
                continue
            yield note(
                passage.at(meeting.start),
                what=_("The text says when people meet, and no street address says where."),
                why=WHY,
                remedy=_(
                    "Write number, street, postal code and town: {fact}.",
                    fact=FactKey("event.address"),
                ),
            )
            return


def _is_only_to_be_saved(draft: Draft) -> bool:
    campaign = draft.campaign
    is_date = campaign.kind is CampaignKind.SAVE_THE_DATE
    return is_date and not campaign.accreditation.required
