"""Does the place of the event have a street address?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, warning
from mailer.checks.reading.names.streets import NUMBER_BEHIND, POSTCODE
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import messages
from mailer.languages import LANGUAGES
from mailer.model.campaigns.campaign import CampaignKind

WHY = _("A camera crew types the address into its telephone: a name alone leads elsewhere.")
SOURCE = sources.STANDARD_OF_THE_DESK

_STREET = re.compile(rf"\b{in_any_language(lambda phrases: phrases.street)}\b")
# `Unter den Linden 6`, `10 Downing`; a postal code of five digits is no number of a house.
_NUMBER = re.compile(r"(?<![\d-])\d{1,4}(?:\s?(?:bis|ter|[A-Da-d]))?\b(?!\s*(?:h|:|\d))")
_ONLY_TOWN = re.compile(rf"{POSTCODE}[^,\d]*")
_ONLINE = re.compile(rf"\b{in_any_language(lambda phrases: phrases.held_online)}\b")
_NUMBERED_STREET = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d,?\s+\w+\s)"  # `depuis 2019, la station`
    rf"\d{{1,4}}(?:\s?(?:bis|ter))?,?\s+(?:\w+\s+)?{in_any_language(lambda p: p.street)}\b(?!\s+(?:(?:kilo)?met|feet|miles))"
)
_STREETS = "|".join(language.release.street for language in LANGUAGES if language.release)
_NAMED_STREET = re.compile(
    rf"[A-ZÀ-Þ][\w’'-]+ (?:{_STREETS})(?=,|\Z)|(?:\A|, )(?!st\b)(?:{_STREETS})[ \u00a0][\w’'-]+",
    re.IGNORECASE,
)
"""A street whose houses have no number: `Mill Lane`, `rue du Moulin`."""
_NOBODY_COMES = frozenset({CampaignKind.FOLLOW_UP, CampaignKind.CANCELLATION})


def check(draft: Draft) -> Findings:
    """Yield a warning for an event that people come to and whose place has no street; of a date to
    save only where journalists must ask for their place already.
    """
    event = draft.campaign.event
    if event is None or draft.campaign.kind in _NOBODY_COMES or _is_only_to_be_saved(draft):
        return
    place = f"{event.venue}, {event.address}, {event.access}"
    if not (event.venue or event.address) or _ONLINE.search(place):
        return
    is_town = _ONLY_TOWN.fullmatch(event.address)
    if _STREET.search(event.address) or (_NUMBER.search(event.address) and not is_town):
        return
    if (
        _NUMBERED_STREET.search(place)
        or NUMBER_BEHIND.search(place)
        or _NAMED_STREET.search(event.venue)
        or any(_NUMBERED_STREET.search(passage.text) for passage in messages(draft))
    ):
        return
    yield warning(
        place_of(draft.campaign, "event.address"),
        what=_("The place has no street address: {place}", place=event.address or event.venue),
        why=WHY,
        remedy=_(
            "Write number, street, postal code and town: {fact}.", fact=FactKey("event.address")
        ),
    )


def _is_only_to_be_saved(draft: Draft) -> bool:
    campaign = draft.campaign
    is_date = campaign.kind is CampaignKind.SAVE_THE_DATE
    return is_date and not campaign.accreditation.required
