"""The names that authors and templates may use: text in the language of the variant.

| name | meaning |
|---|---|
| `event.name`, `.theme`, `.venue`, `.address`, `.access` | as in campaign.toml, or its translation |
| `event.date`, `.weekday` | "samedi 9 décembre 2017", "samedi"; for several days, from … to … |
| `event.time`, `.end_time`, `.hours` | "9 h 30", "17 h", "de 9 h 30 à 17 h" |
| `event.soon` | "dans cinq jours", "demain", "ce matin", from the day this step is sent |
| `event.place`, `.map` | venue and address; a link to a map |
| `accreditation.required`, `.deadline`, `.deadline_date`, `.deadline_time` | "vendredi 8 décembre 2017 à 12 h" |
| `accreditation.address`, `.addresses` | where to ask for it |
| `embargo.until`, `.zone` | "lundi 4 décembre 2017 à 14 h", "heure de Paris, UTC+1" |
| `embargo.short` | "4 déc. 2017, 14 h (heure de Paris, UTC+1)", as the subject has it |
| `embargo.words` | the hour by its clock, and by a second one |
| `press_contact` (the first), `press_contacts` | `.name .email .phone .mobile .role .organisation` |
| `partners` | `.name .role .url .tier` |
| `corrections` | `.label .old .new`: what a correction changes |
| `links`, `press_room` | `.label .url` |
| `campaign.title`, `.kind`, `.slug`, `office.name`, `.postal_address`, `.phone`, `.website`, `.privacy_url` | |
| `dateline` | "Paris, lundi 4 décembre 2017": the day this step is sent |
| `step.id`, `step.date` | |
| `step.addressed_to` | the only list of all recipients; `accredited`; or `lists` |

A value that campaign.toml does not give is undefined: using it is an error with its position.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailer.languages.language import NBSP
from mailer.languages.typography import with_typography
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.press_lists import is_of_press
from mailer.render.facts.corrections import Translatable, corrections, translated
from mailer.render.facts.dates import (
    day_in_words,
    hours_in_words,
    moment_in_words,
    period_in_words,
    soon_in_words,
    time_in_words,
    weekday_in_words,
)
from mailer.render.facts.embargo import embargo_values
from mailer.render.facts.places import map_of, with_whole_towns
from mailer.render.link_targets import completed
from mailer.telephones import dialled
from mailer.wording import _, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from gettext import NullTranslations

    from mailer.model.campaigns.campaign import Campaign, Event, PressContact, Step, VariantKey
    from mailer.model.campaigns.office import Office

_LONGEST_PHONE = 24
"""Signs; a longer one is several numbers, or a number and words."""
_KINDS = {
    CampaignKind.PRESS_RELEASE: _("Press release"),
    CampaignKind.ADVISORY: _("Media advisory"),
    CampaignKind.SAVE_THE_DATE: _("Save the date"),
    CampaignKind.PRESS_KIT: _("Press kit"),
    CampaignKind.FOLLOW_UP: _("After the event"),
    CampaignKind.CORRECTION: _("Correction"),
    CampaignKind.POSTPONEMENT: _("Postponement"),
    CampaignKind.CANCELLATION: _("Cancellation"),
}
# A press release or advisory sent to others than the press has another title.
_KINDS_FOR_OTHERS = {
    **_KINDS,
    CampaignKind.PRESS_RELEASE: _("Announcement"),
    CampaignKind.ADVISORY: _("Invitation"),
}


def campaign_values(
    *,
    campaign: Campaign,
    step: Step,
    variant: VariantKey,
    planned_local: datetime,
    office: Office,
    translations: NullTranslations,
    says_how_soon: bool = False,
) -> dict[str, Any]:
    """Return every value that a text may use, and `show`: which blocks this variant has.

    `says_how_soon` tells whether the text names `event.soon`; no other page may.
    """
    language = variant.language or campaign.language
    typography = campaign.typography_of(language)
    for_press = is_for_press(step, variant)
    kinds = _KINDS if for_press else _KINDS_FOR_OTHERS
    kind = step.kind or campaign.kind
    contacts = [
        _contact(_localised(each, language, typography), campaign)
        for each in campaign.press_contacts
    ]
    day = day_in_words(planned_local, language)
    is_to_come = _is_to_come(campaign.event, planned_local)
    # A postponement with corrections has a new date; one without has no date at all.
    is_off = kind is CampaignKind.CANCELLATION or (
        kind is CampaignKind.POSTPONEMENT and not campaign.corrections
    )
    # A step that names it in its own texts leaves on its day or not at all; one that answers
    # trigger, on any.
    soon_from = planned_local if says_how_soon and not step.on else None
    event = (
        _event(campaign.event, language, typography, soon_from=soon_from)
        if campaign.event
        else None
    )
    accreditation = _accreditation(campaign, language)
    return _without_missing(
        {
            "language": language,
            "kind": say(kinds[kind], translations),
            "dateline": _dateline(campaign.place, day),
            "campaign": {
                "title": with_typography(campaign.title, campaign.typography_of(campaign.language)),
                "slug": campaign.slug,
                "kind": str(kind),
                "place": with_typography(campaign.place, typography),
            },
            "step": {
                "id": step.id,
                "date": day,
                "addressed_to": addressed_to(step, variant, campaign.language),
            },
            "office": {
                "name": office.name,
                "postal_address": office.postal_address,
                "phone": _whole(office.phone),
                "tel": dialled(office.phone, campaign.time_zone),
                "website": completed(office.website),
                "privacy_url": completed(office.privacy_url),
            },
            "event": event,
            "accreditation": accreditation,
            "corrections": corrections(
                campaign,
                language=language,
                values=_correctable(event or {}, accreditation, contacts),
                former=_former(campaign, language),
                translations=translations,
            ),
            "embargo": embargo_values(campaign, planned_local, language, translations),
            "press_contacts": contacts,
            "press_contact": next(iter(contacts), None),
            "partners": [
                _without_missing(
                    {
                        "name": each.name,
                        "role": each.role,
                        "url": completed(each.url),
                        "tier": str(each.tier),
                    }
                )
                for each in (
                    _localised(partner, language, typography) for partner in campaign.partners
                )
            ],
            "links": _links(campaign, "more", language),
            "press_room": _links(campaign, "press-room", language),
            "show": {
                "event": is_to_come and not is_off,
                "withdrawn": is_to_come and is_off,
                "accreditation": for_press
                and not is_off
                and not variant.is_for_accredited
                and _is_open(campaign, step, planned_local),
            },
        }
    )


def _dateline(place: str, day: str) -> str:
    """Return city and day; a sentence of its own, which begins with a capital."""
    line = ", ".join(part for part in (place, day) if part)
    return line[:1].upper() + line[1:]


def addressed_to(step: Step, variant: VariantKey, default_language: str) -> str:
    """Return the one list that all recipients of `variant` are on.

    `accredited` for a step sent only to accredited people; `lists` when recipients are
    on different lists, so that each message names its own. A list with its own content
    never gets the common one.
    """
    if step.only or variant.is_for_accredited:
        return "accredited"
    languages = (variant.language, default_language)
    common = [
        name
        for name in step.to
        if not any(
            replace(variant, list=name, language=each) in step.contents for each in languages
        )
    ]
    lists = [variant.named_list] if variant.named_list else common
    return lists[0] if len(lists) == 1 else "lists"


def is_for_press(step: Step, variant: VariantKey) -> bool:
    """Return whether a variant is for journalists, the only people who can be accredited.

    A variant without a list is the common text: for the press, unless no press
    list receives the step.
    """
    lists = (variant.named_list,) if variant.named_list else step.to
    return not lists or any(is_of_press(name) for name in lists)


_TEXT_FIELDS = ("name", "theme", "venue", "address", "access", "role", "organisation", "label")


def _localised(value: Translatable, language: str, typography: str) -> Translatable:
    """Return a value translated into `language` and in the typography of that tag."""
    value = translated(value, language)
    texts = {name: getattr(value, name, None) for name in _TEXT_FIELDS}
    typed: dict[str, Any] = {
        name: with_typography(text, typography)
        for name, text in texts.items()
        if isinstance(text, str)
    }
    return replace(value, **typed)


def _event(
    event: Event, language: str, typography: str, *, soon_from: datetime | None = None
) -> dict[str, Any]:
    event = _localised(event, language, typography)
    values = {
        "name": event.name,
        "theme": event.theme,
        "venue": event.venue,
        "address": event.address,
        "access": event.access,
    }
    values["address"] = with_whole_towns(event.address)
    values["map"] = map_of(event.address)
    values["place"] = ", ".join(part for part in (values["venue"], values["address"]) if part)
    if event.starts_at is None:
        return values
    values |= {
        "date": period_in_words(event.starts_at, event.ends_at, language),
        "weekday": weekday_in_words(event.starts_at, language),
    }
    if soon_from and (
        soon := soon_in_words(event.starts_at, soon_from, language, has_hour=event.has_hour)
    ):
        values["soon"] = soon
    if not event.has_hour:
        return values
    values |= {
        "time": time_in_words(event.starts_at.timetz(), language),
        "hours": hours_in_words(event.starts_at, event.ends_at, language),
    }
    if event.ends_at:
        values["end_time"] = time_in_words(event.ends_at.timetz(), language)
    return values


def _correctable(
    event: Mapping[str, Any],
    accreditation: Mapping[str, Any],
    contacts: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the present values that a correction may name."""
    first = contacts[0] if contacts else {}
    contact = ", ".join(first[key] for key in ("name", "phone", "email") if first.get(key))
    return {**event, "deadline": accreditation.get("deadline", ""), "contact": contact}


def _former(campaign: Campaign, language: str) -> dict[str, Any]:
    """Return the values that were announced before, formatted as the present ones."""
    former, typography = campaign.former, campaign.typography_of(language)
    if former is None:
        return {}
    return {
        **(_event(former.event, language, typography) if former.event else {}),
        "deadline": moment_in_words(former.deadline, language) if former.deadline else "",
        "contact": with_typography(former.contact, typography),
    }


def _accreditation(campaign: Campaign, language: str) -> dict[str, Any]:
    rules = campaign.accreditation
    values: dict[str, Any] = {
        "required": rules.required,
        "addresses": [str(address) for address in rules.addresses],
        "address": next((str(address) for address in rules.addresses), ""),
    }
    if rules.deadline:
        values |= {
            "deadline": moment_in_words(rules.deadline, language),
            "deadline_date": day_in_words(rules.deadline, language),
            "deadline_time": time_in_words(rules.deadline.timetz(), language),
        }
    return values


def _is_to_come(event: Event | None, sent_at: datetime) -> bool:
    if event is None or event.starts_at is None:
        return False
    return (event.ends_at or event.starts_at) > sent_at


def _is_open(campaign: Campaign, step: Step, sent_at: datetime) -> bool:
    """Return whether accreditation can still be requested: not by people who have it, and not too
    late.
    """
    rules = campaign.accreditation
    is_late = rules.deadline is not None and rules.deadline <= sent_at
    if campaign.event and campaign.event.starts_at:
        is_late = is_late or not _is_to_come(campaign.event, sent_at)
    return rules.required and not is_late and "accredited" not in step.only


def _contact(contact: PressContact, campaign: Campaign) -> dict[str, Any]:
    return _without_missing(
        {
            "name": contact.name,
            "email": str(contact.address) if contact.address else "",
            "phone": _whole(contact.phone),
            "tel": dialled(contact.phone, campaign.time_zone),
            "mobile": _whole(contact.mobile),
            "mobile_tel": dialled(contact.mobile, campaign.time_zone),
            "role": contact.role,
            "organisation": contact.organisation,
        }
    )


def _whole(phone: str) -> str:
    """Return a number that no line breaks: `06 39 98 12 34`."""
    return phone.replace(" ", NBSP) if len(phone) <= _LONGEST_PHONE else phone


def _links(campaign: Campaign, group: str, language: str) -> list[dict[str, Any]]:
    typography = campaign.typography_of(language)
    links = [
        _localised(link, language, typography) for link in campaign.links if link.group == group
    ]
    return [{"label": link.label, "url": completed(link.url)} for link in links]


def _without_missing(values: dict[str, Any]) -> dict[str, Any]:
    """Remove missing values, so that using one is an error instead of an empty text."""
    return {
        name: _without_missing(value) if isinstance(value, dict) else value
        for name, value in values.items()
        if value is not None and value != ""
    }
