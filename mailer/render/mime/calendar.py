"""Writes the event as an iCalendar file (RFC 5545, RFC 5546): one entry, updated through its UID.

What goes to everybody is published: a request would show buttons to accept or decline, and the
answer would be mistaken for an accreditation. Accredited people get a request that names them,
because programs change and remove by themselves only what came to their owner as one
(docs/why/calendar-publish.md). The time zone is written out, because some programs shift the hour
when only its name is given.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.languages.language import NBSP
from mailer.model.campaigns.campaign import CalendarEntry, CampaignKind
from mailer.model.mailings.message import Embedded
from mailer.render.mime.invitation import PLACE_OF_ADDRESS, attendee_parameters
from mailer.render.mime.zone_rules import YearlyChange, yearly_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import icalendar

    from mailer.model.campaigns.campaign import Campaign, Event, Step, VariantKey
    from mailer.model.campaigns.office import Office

_CHANGES = frozenset(
    {CampaignKind.CORRECTION, CampaignKind.POSTPONEMENT, CampaignKind.CANCELLATION}
)
_LET_IN = frozenset({"accredited", "accepted", "attended"})


def calendar_file(
    *,
    campaign: Campaign,
    step: Step,
    variant: VariantKey,
    values: Mapping[str, str],
    planned_local: datetime,
    office: Office,
) -> Embedded | None:
    """Return the file to attach to `step`; None if the event has no date yet.

    `values` are the event's values in the reader's language. A cancellation removes the entry from
    calendars that have it; each correction increments SEQUENCE, so that the newest version wins.
    """
    if campaign.event is None or campaign.event.starts_at is None:
        return None
    kind = step.kind or campaign.kind
    # A postponement to an unknown date also removes the entry.
    is_off = kind is CampaignKind.CANCELLATION or (
        kind is CampaignKind.POSTPONEMENT and not campaign.corrections
    )
    personal = is_invitation(step, variant)
    method = "CANCEL" if is_off else "REQUEST" if personal else "PUBLISH"
    identity = campaign.entry or first_entry(campaign, step, office)
    import icalendar  # noqa: PLC0415 - 0.3 s, and few steps carry a calendar file

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//mailer//press campaigns//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if campaign.event.has_hour:
        calendar.add_component(_zone(campaign.event.starts_at, campaign.time_zone))
    entry = icalendar.Event()
    entry.add("uid", identity.uid)
    entry.add("sequence", identity.sequence)
    entry.add("dtstamp", planned_local.astimezone(UTC))
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    entry.add("summary", values["name"])
    for name, moment in _times(campaign.event).items():
        entry.add(name, moment)
    for name, text in _text_properties(campaign, values).items():
        if text:
            entry.add(name, text)
    # RFC 5546 §3.2.1 requires one; if nobody is named, an invalid address is used.
    organizer = f"mailto:{identity.organizer}" if identity.organizer else "invalid:nomail"
    entry.add("organizer", organizer)
    if personal:
        asked_again = kind is CampaignKind.POSTPONEMENT
        entry.add(
            "attendee",
            PLACE_OF_ADDRESS,
            parameters=attendee_parameters(is_asked_again=asked_again),
        )
    calendar.add_component(entry)
    return Embedded(
        filename=f"{campaign.slug}.ics",
        media_type=f"text/calendar; method={method}; charset=utf-8",
        content=calendar.to_ical(),
    )


def is_invitation(step: Step, variant: VariantKey) -> bool:
    """Return whether every reader of a variant has an accreditation."""
    return variant.is_for_accredited or (bool(step.only) and _LET_IN.issuperset(step.only))


def first_entry(campaign: Campaign, step: Step, office: Office) -> CalendarEntry:
    """Return what identifies the entry of a campaign of which no calendar file was sent yet.

    The UID is equal for all steps and languages of a campaign, and globally unique (RFC 7986
    §5.3). Later files take it from the ledger, so that a new name of the office changes nothing.
    """
    organisers = [one.address for one in campaign.press_contacts if one.address]
    organisers += campaign.accreditation.addresses
    return CalendarEntry(
        uid=f"{sha256(f'{office.name}/{campaign.slug}'.encode()).hexdigest()[:32]}@mailer.invalid",
        organizer=str(organisers[0]) if organisers else "",
        sequence=_sequence(campaign, step),
    )


def entry_in(files: Iterable[Embedded]) -> CalendarEntry | None:
    """Return what identifies the entry in the newest calendar file of these, if there is one."""
    import icalendar  # noqa: PLC0415 - as above

    found = [
        CalendarEntry(
            uid=str(event["uid"]),
            organizer=str(event.get("organizer", "")).removeprefix("mailto:"),
            sequence=int(event.get("sequence", 0)),
        )
        for file in files
        if file.media_type.startswith("text/calendar")
        for event in icalendar.Calendar.from_ical(file.content).walk("VEVENT")
    ]
    return max(found, key=lambda entry: entry.sequence, default=None)


def _sequence(campaign: Campaign, step: Step) -> int:
    """Return how many corrections there were up to this step (RFC 5545 §3.8.7.4)."""
    steps = [*campaign.steps]
    before = steps[: steps.index(step) + 1] if step in steps else [step]
    return sum(one.kind in _CHANGES for one in before)


def _times(event: Event) -> Mapping[str, date]:
    """Return times if they are known, otherwise whole days, where DTEND is
    the day after the last.
    """
    assert event.starts_at is not None
    if event.has_hour:
        return {"dtstart": event.starts_at} | ({"dtend": event.ends_at} if event.ends_at else {})
    last = (event.ends_at or event.starts_at).date()
    return {"dtstart": event.starts_at.date(), "dtend": last + timedelta(days=1)}


def _text_properties(campaign: Campaign, values: Mapping[str, str]) -> dict[str, str]:
    contacts = [
        ", ".join(part for part in (one.name, one.phone, str(one.address or "")) if part)
        for one in campaign.press_contacts
    ]
    parts = [values.get("theme", ""), values.get("access", ""), *contacts]
    return {
        # As it is typed: a map is asked for this place.
        "location": values.get("place", "").replace(NBSP, " "),
        "description": "\n".join(part for part in parts if part),
    }


def _zone(at: datetime, name: str) -> icalendar.Timezone:
    """Return the zone's rules, so that a reader needs no zone database.

    Its changes are yearly rules from the year before the event (`last Sunday of March`), or
    those of one year where no rule describes them, as in Morocco.
    """
    import icalendar  # noqa: PLC0415 - as above

    zone = icalendar.Timezone()
    zone.add("tzid", name)
    rules = yearly_changes(ZoneInfo(name), at.year)
    if rules is None:
        first, last = date(at.year, 1, 1), date(at.year, 12, 31)
        zone = icalendar.Timezone.from_tzinfo(ZoneInfo(name), name, first, last)
        zone.pop("comment", None)
        return zone
    for rule in rules or (_without_changes(at.astimezone(ZoneInfo(name))),):
        part = icalendar.TimezoneDaylight() if rule.is_summer else icalendar.TimezoneStandard()
        part.add("tzoffsetfrom", rule.offset_before)
        part.add("tzoffsetto", rule.offset)
        part.add("tzname", rule.short_name)
        part.add("dtstart", rule.first_local)
        if rule.weekday:
            part.add("rrule", {"freq": "yearly", "bymonth": rule.month, "byday": rule.weekday})
        zone.add_component(part)
    return zone


def _without_changes(at: datetime) -> YearlyChange:
    offset = at.utcoffset() or timedelta()
    return YearlyChange(
        first_local=datetime(1970, 1, 1),  # noqa: DTZ001 - RFC 5545 §3.6.5 wants a local time
        offset_before=offset,
        offset=offset,
        short_name=at.tzname() or "",
        is_summer=False,
    )
