"""Sends again, on a person's word, what did not reach its recipient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from mailer.ledger.sending import statements
from mailer.ledger.storage.database import ring_after
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entries
from mailer.model.mailings.delivery import NOT_DELIVERED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.mailings.message import DeliveryId
    from mailer.model.team.actor import Actor

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c


def requeue(
    connection: Connection,
    delivery_ids: Sequence[DeliveryId],
    *,
    actor: Actor,
    why: str,
    at: datetime,
) -> frozenset[DeliveryId]:
    """Make these deliveries pending again if their person does not have the message; see the port.

    The mark asks again who may be written to, so that nobody who refused meanwhile is.
    """
    is_meant = (
        _delivery.id.in_(delivery_ids)
        & _delivery.status.in_(NOT_DELIVERED)
        & _mailing.state.in_(statements.MAY_SEND_MORE)
        & (_mailing.expires_at > at)
    )
    mailing_ids = select(_delivery.mailing_id).where(_delivery.id.in_(delivery_ids))
    # Every transaction locks rows in the order mailing, chunk, delivery.
    connection.execute(
        select(_mailing.id)
        .where(_mailing.id.in_(mailing_ids))
        .order_by(_mailing.id)
        .with_for_update()
    )
    found = connection.execute(
        select(_delivery.id, _delivery.chunk_id, _mailing.id, _mailing.campaign, _mailing.step)
        .join(tables.mailing, _mailing.id == _delivery.mailing_id)
        .where(is_meant)
        .order_by(_delivery.place)
        .with_for_update(of=tables.delivery)
    ).all()
    if not found:
        return frozenset()
    statements.SEND_AGAIN.run(connection, ids=[row[0] for row in found], now=at)
    statements.OPEN_CHUNKS_NOW.run(connection, ids=list({row[1] for row in found}), now=at)
    statements.REOPEN_MAILINGS.run(connection, ids=list({row[2] for row in found}))
    ring_after(connection)
    write_entries(
        connection,
        [(f"{campaign}/{step}", f"{each}: {why}") for each, _c, _m, campaign, step in found],
        at=at,
        actor=actor,
        action="send-again",
    )
    return frozenset(row[0] for row in found)
