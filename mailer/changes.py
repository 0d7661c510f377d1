"""What has changed between what a campaign announced and what its folder says now.

The old values come from the facts that the launch kept, so that nobody types them again and no
typing error makes a second correction necessary.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from mailer.calendar.timetable import localise, parse_moment
from mailer.model.campaigns.campaign import Correction, Event, FormerFacts
from mailer.model.mailings.since_launch import facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.campaigns.campaign import Campaign

_FACTS: Mapping[str, tuple[str, ...]] = {
    "name": ("event.name",),
    "place": ("event.venue", "event.address"),
    "access": ("event.access",),
    "deadline": ("accreditation.deadline",),
    "contact": ("press_contact.written",),
}
"""The facts behind each correction, but for the date and the hours of the event."""


def former_facts(facts: Mapping[str, str], *, zone: str) -> FormerFacts:
    """Return what was announced, from the facts of a launch. Local times are of `zone`."""
    starts_at, has_hour = _moment(facts.get("event.starts_at", ""), zone)
    ends_at, _has_hour = _moment(facts.get("event.ends_at", ""), zone)
    deadline, _has_hour = _moment(facts.get("accreditation.deadline", ""), zone)
    return FormerFacts(
        event=Event(
            name=facts.get("event.name", ""),
            starts_at=starts_at,
            has_hour=has_hour,
            ends_at=ends_at,
            venue=facts.get("event.venue", ""),
            address=facts.get("event.address", ""),
            access=facts.get("event.access", ""),
            translations=json.loads(facts.get("event.translated") or "{}"),
        ),
        deadline=deadline,
        contact=facts.get("press_contact.written", ""),
    )


def corrections_since(facts: Mapping[str, str], campaign: Campaign) -> tuple[Correction, ...]:
    """Return a correction for each value that was announced otherwise, in the order of reading.

    Their old values are those of `former_facts`. A value that the launch did not keep, in an old
    ledger, is not compared.
    """
    present = facts_of(campaign, campaign.steps[0])
    changed = [
        what
        for what, names in _FACTS.items()
        if any(name in facts and facts[name] != present.get(name, "") for name in names)
    ]
    return tuple(Correction(what, "") for what in (*_moments(facts, present), *changed))


def has_moved(facts: Mapping[str, str], campaign: Campaign) -> bool:
    """Return whether the event is on another day than was announced."""
    present = facts_of(campaign, campaign.steps[0])
    return "event.starts_at" in facts and _day(facts["event.starts_at"]) != _day(
        present["event.starts_at"]
    )


def _moments(facts: Mapping[str, str], present: Mapping[str, str]) -> list[str]:
    """Return `date`, `time` or both, when the event begins or ends at another moment."""
    pairs = [
        (facts[name], present.get(name, ""))
        for name in ("event.starts_at", "event.ends_at")
        if name in facts
    ]
    has_other_day = any(_day(old) != _day(new) for old, new in pairs)
    has_other_hour = any(_hour(old) != _hour(new) for old, new in pairs)
    return ["date"] * has_other_day + ["time"] * has_other_hour


def _day(written: str) -> str:
    return written.partition(" ")[0]


def _hour(written: str) -> str:
    return written.partition(" ")[2]


def _moment(written: str, zone: str) -> tuple[datetime | None, bool]:
    """Return the instant of a fact, and whether it has an hour."""
    if not written:
        return None, True
    moment = parse_moment(written)
    if isinstance(moment, datetime):
        return localise(moment, zone=zone), True
    return localise(datetime.combine(moment, datetime.min.time()), zone=zone), False
