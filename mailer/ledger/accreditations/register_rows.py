"""The entries of an accreditation register as rows, and as JSON in its history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    Forced,
    PressCard,
)
from mailer.model.address import Address

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mailer.ledger.storage.json_values import Json


def row_of_entry(entry: Accreditation) -> dict[str, Any]:
    """Return the values of an entry's row."""
    return {
        "campaign": entry.campaign,
        "address_key": entry.address.key,
        "address": str(entry.address),
        "state": entry.state.value,
        "at": entry.at,
        "name": entry.name,
        "organisation": entry.organisation,
        "note": entry.note,
        "is_newcomer": entry.is_newcomer,
        "asked_at": entry.asked_at,
        "seats": entry.seats,
        "reason": entry.reason,
        "forced_by": entry.forced.by if entry.forced else "",
        "forced_why": entry.forced.why if entry.forced else "",
        "confirm_by": entry.confirm_by,
        "in_place_of": entry.in_place_of,
        "is_freelance": entry.is_freelance,
        "card_kind": entry.card.kind,
        "card_number": entry.card.number,
        "card_purge_at": entry.card.purge_at,
        "answer": entry.answer,
    }


def entry_of_row(row: Row[Any]) -> Accreditation:
    """Return the entry that a row holds."""
    return Accreditation(
        campaign=row.campaign,
        address=Address.parse(row.address),
        state=AccreditationState(row.state),
        at=row.at,
        name=row.name,
        organisation=row.organisation,
        note=row.note,
        is_newcomer=row.is_newcomer,
        asked_at=row.asked_at,
        seats=row.seats,
        reason=row.reason,
        forced=Forced(row.forced_by, row.forced_why) if row.forced_by or row.forced_why else None,
        confirm_by=row.confirm_by,
        in_place_of=row.in_place_of,
        is_freelance=row.is_freelance,
        card=PressCard(row.card_kind, row.card_number, row.card_purge_at),
        answer=row.answer,
    )


_INSTANTS = ("at", "asked_at", "confirm_by")
_KEPT = (
    *_INSTANTS,
    *("state", "name", "organisation", "note", "is_newcomer", "seats", "reason"),
    *("forced_by", "forced_why", "in_place_of", "is_freelance", "answer"),
)
"""What the history has of an entry: no press card, whose number must be erased in time."""


def entry_to_json(entry: Accreditation) -> Json:
    """Return an entry for the history, without campaign and address, which its row has."""
    row = row_of_entry(entry)
    return {
        name: row[name].isoformat() if isinstance(row[name], datetime) else row[name]
        for name in _KEPT
    }


def entry_from_json(fields: Json, campaign: str, address: Address) -> Accreditation:
    """Return the entry that `entry_to_json` wrote."""
    read: dict[str, Any] = dict(fields)
    for name in _INSTANTS:
        read[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    by, why = read.pop("forced_by"), read.pop("forced_why")
    read["state"] = AccreditationState(read["state"])
    read["forced"] = Forced(by, why) if by or why else None
    return Accreditation(campaign=campaign, address=address, **read)
