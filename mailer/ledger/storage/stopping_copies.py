"""Stops in a copy of a ledger what its original may have sent since the copy was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingId, MailingState
from mailer.wording import as_note

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.team.actor import Actor
    from mailer.wording import Text

_mailing, _delivery, _chunk = tables.mailing.c, tables.delivery.c, tables.chunk.c
_UNSENT = (DeliveryStatus.PENDING, DeliveryStatus.DEFERRED, DeliveryStatus.SENDING)
_BEGUN = (MailingState.ACTIVE, MailingState.PAUSED)
_AHEAD = (MailingState.SCHEDULED, MailingState.PAUSED)


def stop_what_may_have_left(
    connection: Connection, *, actor: Actor, at: datetime, why: Text, made_at: datetime | None
) -> tuple[MailingId, ...]:
    """Make uncertain the unsent deliveries, and hold the mailings whose hour has come.

    Returns the mailings that are held: they may have been sent, and the ledger has no audience
    for them. Those that had expired when the copy was made (`made_at`, None if unknown) cannot
    have been sent: they are missed.
    """
    begun = select(_mailing.id).where(_mailing.state.in_(_BEGUN))
    connection.execute(
        update(tables.delivery)
        .where(_delivery.mailing_id.in_(begun), _delivery.status.in_(_UNSENT))
        .values(status=DeliveryStatus.UNCERTAIN.value, changed_at=at, reply=as_note(why))
    )
    connection.execute(
        update(tables.chunk)
        .where(_chunk.mailing_id.in_(begun))
        .values(open_at=None, worker=None, lease_until=None)
    )
    due = select(_mailing.id, _mailing.campaign, _mailing.step, _mailing.expires_at).where(
        _mailing.state.in_(_AHEAD), _mailing.started_at.is_(None), _mailing.due_at <= at
    )
    held = []
    for row in connection.execute(due.order_by(_mailing.due_at, _mailing.id)).all():
        has_expired = made_at is not None and row.expires_at <= made_at
        to = MailingState.MISSED if has_expired else MailingState.PAUSED
        connection.execute(
            update(tables.mailing)
            .where(_mailing.id == row.id)
            .values(state=to.value, note=as_note(why))
        )
        subject = f"{row.campaign}/{row.step}"
        write_entry(connection, at=at, actor=actor, action=to, subject=subject, detail=as_note(why))
        if to is MailingState.PAUSED:
            held.append(MailingId(row.id))
    return tuple(held)
