"""Uncertain deliveries resolved by a person: one, or hundreds after a crash or a restore."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from mailer.ledger.sending import statements
from mailer.ledger.sending.deliveries import COLUMNS, delivery_from_row
from mailer.ledger.storage import tables
from mailer.ledger.storage.journal import note_each
from mailer.model.delivery import DeliveryStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.actor import Actor
    from mailer.model.delivery import Delivery
    from mailer.model.message import DeliveryId

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c
_is_uncertain = _delivery.status == DeliveryStatus.UNCERTAIN.value


class _Chunk(NamedTuple):
    id: int
    mailing_id: str
    campaign: str
    step: str
    is_open: bool


class SqlUncertainDeliveries:
    """Uncertain deliveries, and what a person says of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, *, campaign: str = "", step: str = "") -> Sequence[Delivery]:
        """By due time of their mailing, then in its order."""
        found = (
            select(*COLUMNS)
            .join(tables.mailing, _mailing.id == _delivery.mailing_id)
            .where(_is_uncertain)
            .order_by(_mailing.due_at, _mailing.id, _delivery.place)
        )
        if campaign:
            found = found.where(_mailing.campaign == campaign)
        if step:
            found = found.where(_mailing.step == step)
        with self._database.reading() as connection:
            return [delivery_from_row(row) for row in connection.execute(found)]

    def resolve(
        self,
        delivery_ids: Sequence[DeliveryId],
        *,
        resend: bool,
        actor: Actor,
        why: str,
        at: datetime,
    ) -> frozenset[DeliveryId]:
        """Mark the uncertain ones among them as sent, or send them again; returns the ids changed,
        with one line of the journal each.

        Sending again takes a finished mailing up again; what belongs to a cancelled or expired
        one stays as it is.
        """
        status = DeliveryStatus.PENDING if resend else DeliveryStatus.ACCEPTED
        with self._database.writing() as connection:
            doubts = _doubts(connection, delivery_ids, at=at, only_open=resend)
            if not doubts:
                return frozenset()
            if resend:
                _open_again(connection, doubts.values(), at)
            statements.RESOLVE.run(connection, ids=list(doubts), to_status=status.value, now=at)
            note_each(
                connection,
                [
                    (f"{chunk.campaign}/{chunk.step}", f"{delivery_id}: {why}")
                    for delivery_id, chunk in doubts.items()
                ],
                at=at,
                actor=actor,
                action="send-again" if resend else "assume-sent",
            )
        return frozenset(doubts)


def _doubts(
    connection: Connection, asked: Sequence[DeliveryId], *, at: datetime, only_open: bool
) -> dict[DeliveryId, _Chunk]:
    """Lock the uncertain ones among these; returns them in the order asked, with their chunks.

    With `only_open`, leaves out those of a mailing to which nothing more may be sent.
    """
    chunks = {
        row[0]: _Chunk(*row)
        for row in statements.CHUNKS_OF_DELIVERIES.rows(connection, ids=list(asked), now=at)
    }
    chunk_ids = dict(statements.UNCERTAIN_AMONG.rows(connection, ids=list(asked)))
    doubts = {each: chunks[chunk_ids[each]] for each in asked if each in chunk_ids}
    return {each: chunk for each, chunk in doubts.items() if chunk.is_open or not only_open}


def _open_again(connection: Connection, chunks: Iterable[_Chunk], at: datetime) -> None:
    each = {chunk.id: chunk.mailing_id for chunk in chunks}
    statements.OPEN_CHUNKS_NOW.run(connection, ids=list(each), now=at)
    statements.REOPEN_MAILINGS.run(connection, ids=list({*each.values()}))
