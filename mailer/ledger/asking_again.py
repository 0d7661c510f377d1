"""Ask accepted people again when the event has moved: their answer was for another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from mailer.ledger.storage import tables
from mailer.ledger.storage.bad_day_tables import amendment
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.json_values import rule_from_json
from mailer.model.accreditation import AccreditationState
from mailer.model.actor import PROGRAM
from mailer.model.amendment import AmendmentKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.mailing import MailingId

_mailing, _accreditation = tables.mailing.c, tables.accreditation.c


def ask_again_after_move(connection: Connection, mailing_id: MailingId, *, at: datetime) -> None:
    """Make every accepted request an open one, when this mailing tells a move.

    It is done as the mailing starts, in the same transaction: its audience, who were accepted, are
    asked in it to confirm. The note and the journal keep the earlier answer.
    """
    query = (
        select(_mailing.campaign, _mailing.rule, _mailing.facts)
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
