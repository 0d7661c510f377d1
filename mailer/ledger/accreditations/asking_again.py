"""Ask accepted people again when the event has moved: their answer was for another day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.bad_day_tables import amendment
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.json_values import rule_from_json
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.team.actor import PROGRAM

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from mailer.model.mailings.mailing import MailingId

_mailing, _accreditation = tables.mailing.c, tables.accreditation.c


def ask_again_after_move(connection: Connection, mailing_id: MailingId, *, at: datetime) -> None:
    """Make every accepted request an open one, when this mailing tells a move.

    It is done as the mailing starts, in the same transaction: its audience, who were accepted, are
    asked in it to confirm. The note and the journal keep the earlier answer, and their place is
    kept until the new date: nobody of the waiting list gets it before they could answer.
    """
    query = (
        select(
            *(_mailing.campaign, _mailing.rule, _mailing.facts),
            *(_mailing.time_zone, _mailing.expires_at),
        )
        .join(
            amendment,
            (amendment.c.campaign == _mailing.campaign)
            & (amendment.c.version == _mailing.version)
            & (amendment.c.kind == AmendmentKind.MOVE.value),
        )
        .where(_mailing.id == mailing_id)
    )
    found = connection.execute(query).one_or_none()
    if found is None or not rule_from_json(found.rule).informed:
        return
    new_date = found.facts.get("event.starts_at", "")
    asking = (
        update(tables.accreditation)
        .where(
            _accreditation.campaign == found.campaign,
            _accreditation.state == AccreditationState.ACCEPTED.value,
        )
        .values(
            state=AccreditationState.ASKED.value,
            at=at,
            asked_at=func.coalesce(_accreditation.asked_at, _accreditation.at),
            confirm_by=_kept_until(new_date, zone=found.time_zone) or found.expires_at,
            note=_accreditation.note + f" [{AccreditationState.ACCEPTED} → {new_date}?]",
        )
        .returning(_accreditation.address)
    )
    for address in sorted(connection.scalars(asking)):
        write_entry(
            connection,
            at=at,
            actor=PROGRAM,
            action="ask-again",
            subject=found.campaign,
            detail=f"{address}: {AccreditationState.ASKED}",
        )


def _kept_until(new_date: str, *, zone: str) -> datetime | None:
    """Return when the event begins at the earliest; None when the facts do not say it."""
    try:
        begins_at = datetime.fromisoformat(new_date)
    except ValueError:
        return None
    return begins_at if begins_at.tzinfo else begins_at.replace(tzinfo=ZoneInfo(zone))
