"""The states of a mailing: from which one each is reached, and the change of several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, false, or_, select, update

from mailer.ledger.storage.database import ring_after
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.mailings.delivery import UNSENT, DeliveryStatus
from mailer.model.mailings.mailing import MailingId, MailingState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.team.actor import Actor

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c

has_started = _mailing.started_at.is_not(None)
is_paused = _mailing.state == MailingState.PAUSED
is_ahead = or_(_mailing.state == MailingState.SCHEDULED, and_(is_paused, ~has_started))
is_under_way = or_(_mailing.state == MailingState.ACTIVE, and_(is_paused, has_started))
_ALLOWED_FROM = {
    MailingState.SCHEDULED: and_(is_paused, ~has_started),
    MailingState.ACTIVE: and_(is_paused, has_started),
    MailingState.PAUSED: _mailing.state.in_((MailingState.SCHEDULED, MailingState.ACTIVE)),
    MailingState.DONE: false(),
    MailingState.MISSED: is_ahead,
    MailingState.CANCELLED: or_(is_ahead, is_under_way),
}
"""The condition on which `change_states` reaches each state: a paused mailing goes back to what it
was. Besides, `start` makes a scheduled mailing active, and `finish` makes an active one done."""


def change_states(
    connection: Connection,
    to: Mapping[MailingId, MailingState],
    *,
    actor: Actor,
    why: str,
    at: datetime,
) -> Sequence[MailingId]:
    """Give each mailing its new state, and the journal a line for each.

    Returns those whose state allowed it, in the order of `to`.
    """
    lock_mailings(connection, to)
    changed = [
        mailing_id
        for mailing_id, state in to.items()
        if connection.execute(
            update(tables.mailing)
            .where(_mailing.id == mailing_id, _ALLOWED_FROM[state])
            .values(state=state.value, note=why)
        ).rowcount
    ]
    for mailing_id in changed:
        state = to[mailing_id]
        if state is MailingState.CANCELLED:
            cancel_waiting(connection, mailing_id, at, why)
        journal_mailing(connection, mailing_id, at=at, actor=actor, action=state.value, detail=why)
    if changed:
        ring_after(connection)
    return changed


def lock_mailings(connection: Connection, mailing_ids: Collection[MailingId]) -> None:
    """Lock several mailings before any chunk or delivery, so that there is no deadlock."""
    if len(mailing_ids) > 1:  # the change of one locks it
        locking = select(_mailing.id).where(_mailing.id.in_(mailing_ids)).order_by(_mailing.id)
        connection.execute(locking.with_for_update()).all()


def cancel_waiting(connection: Connection, mailing_id: MailingId, at: datetime, why: str) -> int:
    """Make the unsent deliveries of a mailing `cancelled`; returns how many.

    Every transaction locks rows in the order mailing, chunk, delivery, so that there is no
    deadlock.
    """
    connection.execute(
        update(tables.chunk).where(_chunk.mailing_id == mailing_id).values(open_at=None)
    )
    waiting = (
        update(tables.delivery)
        .where(_delivery.mailing_id == mailing_id, _delivery.status.in_(UNSENT))
        .values(status=DeliveryStatus.CANCELLED.value, changed_at=at, reply=why)
    )
    return connection.execute(waiting).rowcount


def journal_mailing(
    connection: Connection,
    mailing_id: MailingId,
    *,
    at: datetime,
    actor: Actor,
    action: str,
    detail: str = "",
) -> None:
    """Write a line about a mailing."""
    query = select(_mailing.campaign, _mailing.step).where(_mailing.id == mailing_id)
    campaign, step = connection.execute(query).one()
    write_entry(
        connection, at=at, actor=actor, action=action, subject=f"{campaign}/{step}", detail=detail
    )
