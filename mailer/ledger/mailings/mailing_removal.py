"""Removes what was launched and cancelled before anything left, to make room for another launch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.team.actor import Actor

_mailing, _delivery = tables.mailing.c, tables.delivery.c


def remove_cancelled(connection: Connection, campaign: str, *, actor: Actor, at: datetime) -> None:
    """Remove the mailings of a cancelled campaign of which nothing left, to make room for others.

    The journal keeps their launch and their cancellation, and has a line for each removal. If
    one of them is not cancelled, or a message of them may have left, all stay.
    """
    present = select(_mailing.id, _mailing.step, _mailing.state).where(
        _mailing.campaign == campaign
    )
    rows = connection.execute(present.order_by(_mailing.id).with_for_update()).all()
    may_have_left = select(_delivery.id).where(
        _delivery.mailing_id.in_([row.id for row in rows]),
        _delivery.status.not_in((DeliveryStatus.CANCELLED, DeliveryStatus.SUPPRESSED)),
    )
    if any(row.state != MailingState.CANCELLED for row in rows):
        return
    if connection.execute(may_have_left.limit(1)).first() is not None:
        return
    for row in rows:
        connection.execute(delete(tables.mailing).where(_mailing.id == row.id))
        subject = f"{campaign}/{row.step}"
        write_entry(connection, at=at, actor=actor, action="remove-cancelled", subject=subject)
