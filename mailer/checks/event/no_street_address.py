"""Does the place of the event have a street address?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, note, warning
from mailer.checks.reading.names.streets import NUMBER_BEHIND, POSTCODE
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.times.hours import hours
from mailer.languages import LANGUAGES, WEEKDAYS
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
_RELEASES = [language.release for language in LANGUAGES if language.release]
_PLACED = RarePattern(
    rf"(?<!\w){in_any_language(lambda phrases: phrases.takes_place)}(?!\w)[^.;:\n]{{0,40}}?(?<!\w)(?i:dans|à|au|aux|sur|in|at|on)[ \u00a0](?:(?i:the|la|le|les)[ \u00a0]|[lL][’'])?(?P<place>(?!\d|{WEEKDAYS})[^.;:\n(]{{3,80}})"
)
"""What takes place, and where: `la présentation a lieu dans la halle d’essais`."""
_COMES = RarePattern(
    rf"{in_any_language(lambda phrases: phrases.invites_press)}|(?<!\w)(?i:{'|'.join(words for it in _RELEASES for words in it.asked_by.values())})(?!\w)"
)
_STREET_IN_TEXT = RarePattern(
    rf"[A-ZÀ-Þ][\w’'-]+[ \u00a0](?i:{_STREETS})(?=[,.\n]|\Z)|(?:^|, |: )(?i:{_STREETS})[ \u00a0](?:d[eu]s?[ \u00a0]|de la[ \u00a0])?[A-ZÀ-Þ]",
    flags=re.MULTILINE,
)
_POSTCODED = re.compile(POSTCODE)
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


def _told_in_texts(draft: Draft) -> Findings:
    """Yield a note where a text tells the hours of something, where it takes place and how to be
    accredited, and has no street.
    """
    for passage in messages(draft):
        text = passage.text
        if passage.part is not PassagePart.TEXT or _has_street(text) or not hours(text):
            continue
        said = next((it for it in _PLACED.finditer(text) if not _ONLINE.search(it[0])), None)
        if said and _COMES.search(text):
            yield note(
                passage.at(said.start()),
                what=_("The place has no street address: {place}", place=said["place"].strip()),
                why=WHY,
                remedy=_(
                    "Write number, street, postal code and town: {fact}.",
                    fact=FactKey("event.address"),
                ),
            )
            return


def _has_street(text: str) -> bool:
    return any(
        it.search(text) for it in (_NUMBERED_STREET, NUMBER_BEHIND, _STREET_IN_TEXT, _POSTCODED)
    )


def _is_only_to_be_saved(draft: Draft) -> bool:
    campaign = draft.campaign
    is_date = campaign.kind is CampaignKind.SAVE_THE_DATE
    return is_date and not campaign.accreditation.required
