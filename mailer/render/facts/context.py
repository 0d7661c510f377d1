"""The names authors and templates may use: plain words in the language of the variant.

| name | meaning |
|---|---|
| `event.name`, `.theme`, `.venue`, `.address`, `.access` | as in campaign.toml, or its translation |
| `event.date`, `.weekday` | "samedi 9 décembre 2017", "samedi"; for several days, from … to … |
| `event.time`, `.end_time`, `.hours` | "9 h 30", "17 h", "de 9 h 30 à 17 h" |
| `event.place` | venue and address |
| `accreditation.required`, `.deadline`, `.deadline_date`, `.deadline_time` | "vendredi 8 décembre 2017 à 12 h" |
| `accreditation.address`, `.addresses` | where to ask for it |
| `embargo.until`, `.zone` | "lundi 4 décembre 2017 à 14 h", "UTC+1" |
| `press_contact` (the first), `press_contacts` | `.name .email .phone .tel .role .organisation` |
| `partners` | `.name .role .url` |
| `corrections` | `.label .old .new`: what a correction changes |
| `links`, `press_room` | `.label .url` |
| `campaign.title`, `.kind`, `.slug`, `office.name`, `.postal_address`, `.phone`, `.website`, `.privacy_url` | |
| `dateline` | "Paris, lundi 4 décembre 2017": the day this step leaves |
| `step.id`, `step.date` | |
| `step.addressed_to` | the one list of all readers; `accredited`; or `lists` |

A fact that campaign.toml does not give is absent: using it is an error that says where.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailer.model.campaign import CampaignKind
from mailer.render.facts.corrections import Fact, corrections, worded
from mailer.render.facts.dates import (
    day_in_words,
    hours_in_words,
    moment_in_words,
    offset_in_words,
    period_in_words,
    time_in_words,
    weekday_in_words,
)
from mailer.typography import in_type
from mailer.wording import _, say

if TYPE_CHECKING:
    from datetime import datetime
    from gettext import NullTranslations

    from mailer.model.campaign import Campaign, Event, PressContact, Step, VariantKey
    from mailer.model.office import Office

_KINDS = {
    CampaignKind.PRESS_RELEASE: _("Press release"),
    CampaignKind.ADVISORY: _("Media advisory"),
    CampaignKind.SAVE_THE_DATE: _("Save the date"),
    CampaignKind.PRESS_KIT: _("Press kit"),
    CampaignKind.CORRECTION: _("Correction"),
    CampaignKind.POSTPONEMENT: _("Postponement"),
    CampaignKind.CANCELLATION: _("Cancellation"),
}
# Addressed to others than the press, an advisory or a release is called otherwise.
_KINDS_FOR_OTHERS = {
    **_KINDS,
    CampaignKind.PRESS_RELEASE: _("Announcement"),
    CampaignKind.ADVISORY: _("Invitation"),
}


def facts(
    *,
    campaign: Campaign,
    step: Step,
    variant: VariantKey,
    planned_local: datetime,
    office: Office,
    translations: NullTranslations,
) -> dict[str, Any]:
    """Everything a text may name, and `show`: which blocks this variant has."""
    language = variant.language or campaign.language
    for_press = is_for_press(step, variant)
    kinds = _KINDS if for_press else _KINDS_FOR_OTHERS
    kind = step.kind or campaign.kind
    contacts = [_contact(_said(one, language), campaign) for one in campaign.press_contacts]
    day = day_in_words(planned_local, language)
    is_to_come = _is_to_come(campaign.event, planned_local)
    # Postponed with what changed, the event stands at its new date; without, at none.
    is_off = kind is CampaignKind.CANCELLATION or (
        kind is CampaignKind.POSTPONEMENT and not campaign.corrections
    )
    event = _event(campaign.event, language) if campaign.event else None
    accreditation = _accreditation(campaign, language)
    return _given(
        {
            "language": language,
            "kind": say(kinds[kind], translations),
            "dateline": ", ".join(part for part in (campaign.place, day) if part),
            "campaign": {
                "title": in_type(campaign.title, campaign.language),
                "slug": campaign.slug,
                "kind": str(kind),
                "place": campaign.place,
            },
            "step": {
                "id": step.id,
                "date": day,
                "addressed_to": addressed_to(step, variant, campaign.language),
            },
            "office": {
                "name": office.name,
                "postal_address": office.postal_address,
                "phone": office.phone,
                "tel": dialled(office.phone, campaign.time_zone),
                "website": office.website,
                "privacy_url": office.privacy_url,
            },
            "event": event,
            "accreditation": accreditation,
            "corrections": corrections(
                campaign,
                language=language,
                event=event,
                accreditation=accreditation,
                translations=translations,
            ),
            "embargo": _embargo(campaign, planned_local, language),
            "press_contacts": contacts,
            "press_contact": next(iter(contacts), None),
            "partners": [
                _given({"name": one.name, "role": one.role, "url": one.url})
                for one in (_said(partner, language) for partner in campaign.partners)
            ],
            "links": _links(campaign, "more", language),
            "press_room": _links(campaign, "press-room", language),
            "show": {
                "event": is_to_come and not is_off,
                "withdrawn": is_to_come and is_off,
                "accreditation": for_press
                and not is_off
                and _is_open(campaign, step, planned_local),
            },
        }
    )


def addressed_to(step: Step, variant: VariantKey, default_language: str) -> str:
    """The one list all readers of `variant` are on; `accredited` for a step that only those
    get; `lists` where readers differ, and each message names its own.

    A list with a version of its own never gets the common one.
    """
    if step.only:
        return "accredited"
    languages = (variant.language, default_language)
    common = [
        name
        for name in step.to
        if not any(replace(variant, list=name, language=one) in step.contents for one in languages)
    ]
    lists = [variant.list] if variant.list else common
    return lists[0] if len(lists) == 1 else "lists"


def is_for_press(step: Step, variant: VariantKey) -> bool:
    """Whether a variant addresses journalists, who alone are accredited.

    A variant without a list is the common text: the press's, unless the step never goes there.
    """
    lists = (variant.list,) if variant.list else step.to
    return not lists or any(name.startswith("press") for name in lists)


def dialled(phone: str, time_zone: str) -> str:
    """The number for a `tel:` link (RFC 3966): digits, with `+33` before a French national one."""
    digits = re.sub(r"[^\d+]", "", phone.replace("(0)", ""))
    if time_zone == "Europe/Paris" and re.fullmatch(r"0[1-9]\d{8}", digits):
        return f"+33{digits[1:]}"
    return digits


_PROSE = ("name", "theme", "venue", "address", "access", "role", "organisation", "label")


def _said(fact: Fact, language: str) -> Fact:
    """A fact in the words and the typography of `language`."""
    fact = worded(fact, language)
    texts = {name: getattr(fact, name, None) for name in _PROSE}
    typed: dict[str, Any] = {
        name: in_type(text, language) for name, text in texts.items() if isinstance(text, str)
    }
    return replace(fact, **typed)


def _event(event: Event, language: str) -> dict[str, Any]:
    event = _said(event, language)
    words = {
        "name": event.name,
        "theme": event.theme,
        "venue": event.venue,
        "address": event.address,
        "access": event.access,
    }
    words["place"] = ", ".join(part for part in (words["venue"], words["address"]) if part)
    if event.starts_at is None:
        return words
    words |= {
        "date": period_in_words(event.starts_at, event.ends_at, language),
        "weekday": weekday_in_words(event.starts_at, language),
    }
    if not event.has_hour:
        return words
    words |= {
        "time": time_in_words(event.starts_at.timetz(), language),
        "hours": hours_in_words(event.starts_at, event.ends_at, language),
    }
    if event.ends_at:
        words["end_time"] = time_in_words(event.ends_at.timetz(), language)
    return words


def _accreditation(campaign: Campaign, language: str) -> dict[str, Any]:
    rules = campaign.accreditation
    words: dict[str, Any] = {
        "required": rules.required,
        "addresses": [str(address) for address in rules.addresses],
        "address": next((str(address) for address in rules.addresses), ""),
    }
    if rules.deadline:
        words |= {
            "deadline": moment_in_words(rules.deadline, language),
            "deadline_date": day_in_words(rules.deadline, language),
            "deadline_time": time_in_words(rules.deadline.timetz(), language),
        }
    return words


def _embargo(campaign: Campaign, leaves: datetime, language: str) -> dict[str, Any] | None:
    if campaign.embargo is None or campaign.embargo.until <= leaves:
        return None
    until = campaign.embargo.until
    return {"until": moment_in_words(until, language), "zone": offset_in_words(until)}


def _is_to_come(event: Event | None, leaves: datetime) -> bool:
    if event is None or event.starts_at is None:
        return False
    return (event.ends_at or event.starts_at) > leaves


def _is_open(campaign: Campaign, step: Step, leaves: datetime) -> bool:
    """Whether accreditation is still asked for: not of those who have it, nor when it is too late."""
    rules = campaign.accreditation
    is_late = rules.deadline is not None and rules.deadline <= leaves
    if campaign.event and campaign.event.starts_at:
        is_late = is_late or not _is_to_come(campaign.event, leaves)
    return rules.required and not is_late and "accredited" not in step.only


def _contact(contact: PressContact, campaign: Campaign) -> dict[str, Any]:
    return _given(
        {
            "name": contact.name,
            "email": str(contact.address) if contact.address else "",
            "phone": contact.phone,
            "tel": dialled(contact.phone, campaign.time_zone),
            "role": contact.role,
            "organisation": contact.organisation,
        }
    )


def _links(campaign: Campaign, group: str, language: str) -> list[dict[str, Any]]:
    links = [_said(link, language) for link in campaign.links if link.group == group]
    return [{"label": link.label, "url": link.url} for link in links]


def _given(words: dict[str, Any]) -> dict[str, Any]:
    """Without what is not given, so that using it is an error and not a blank."""
    return {
        name: _given(word) if isinstance(word, dict) else word
        for name, word in words.items()
        if word is not None and word != ""
    }
