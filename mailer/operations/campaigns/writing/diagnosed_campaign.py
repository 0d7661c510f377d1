"""The facts of a document as those of a campaign that exists in memory only."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mailer.addresses import NotAnAddress, read_address
from mailer.calendar.timetable import localise
from mailer.model.campaigns.campaign import (
    AccreditationRules,
    Campaign,
    CampaignKind,
    Embargo,
    Event,
    Partner,
    PressContact,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.address import Address
    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.proposals import RecognisedDocument

_INVITING = frozenset({CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE})


def campaign_of(found: RecognisedDocument, *, name: str, office: Office) -> Campaign:
    """Return a campaign of what a document says, without title, steps and links, which its text
    still has. `name` is the file, in which each fact has the line that says it.
    """
    facts = _tables(found)
    kind = found.kind or CampaignKind.PRESS_RELEASE
    event, accreditation = facts.get("event", {}), facts.get("accreditation", {})
    embargo = facts.get("embargo", {}).get("until")
    return Campaign(
        slug="",
        title="",
        kind=kind,
        language=found.language,
        time_zone=office.time_zone,
        file=name,
        place=str(found.value("place") or ""),
        event=_event(event, office.time_zone) if event or kind in _INVITING else None,
        accreditation=AccreditationRules(
            required=bool(accreditation.get("required")),
            deadline=_instant(
                accreditation.get("deadline") or found.deadline_day, office.time_zone
            ),
            addresses=tuple(_addresses(accreditation.get("addresses", ()))),
        ),
        embargo=Embargo(localise(embargo, zone=office.time_zone)) if embargo else None,
        press_contacts=tuple(
            PressContact(address=_address(each.pop("email", "")), **each)
            for each in _entries(facts, "press_contacts")
        ),
        partners=tuple(Partner(**each) for each in _entries(facts, "partners")),
        lines=_lines(found),
    )


def _tables(found: RecognisedDocument) -> dict[str, Any]:
    """Return the facts as the tables of `campaign.toml`; the entries of a list by their number."""
    tables: dict[str, Any] = {}
    for fact in found.facts:
        *parents, key = fact.path
        table: Any = tables
        for part in parents:
            table = table.setdefault(part, {})
        table[key] = fact.value
    return tables


def _entries(facts: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    for entry in facts.get(name, {}).values():
        yield dict(entry)


def _event(table: dict[str, Any], zone: str) -> Event:
    starts_at = table.get("starts_at")
    return Event(
        name="",
        starts_at=_instant(starts_at, zone),
        has_hour=isinstance(starts_at, datetime),
        ends_at=_instant(table.get("ends_at"), zone),
        venue=table.get("venue", ""),
        address=table.get("address", ""),
        access=table.get("access", ""),
    )


def _instant(moment: date | None, zone: str) -> datetime | None:
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time())
    return localise(moment, zone=zone)


def _addresses(texts: tuple[str, ...]) -> Iterator[Address]:
    for text in texts:
        if (address := _address(text)) is not None:
            yield address


def _address(text: str) -> Address | None:
    try:
        return read_address(text) if text else None
    except NotAnAddress:
        return None


def _lines(found: RecognisedDocument) -> dict[str, int]:
    """Return the line of each fact: the first that holds the beginning of its words."""
    lines = found.original.split("\n")
    where = {}
    for fact in found.facts:
        begins = fact.words[:30]
        line = next((at for at, text in enumerate(lines, start=1) if begins in text), 1)
        where[".".join(map(str, fact.path))] = line
    return where
