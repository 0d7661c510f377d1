"""Uncertain deliveries, and their resolution: by a person, or by what a relay's log says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from mailer.ledger.feedback.events import store_events
from mailer.ledger.sending import statements
from mailer.ledger.sending.deliveries import COLUMNS, delivery_from_row
from mailer.ledger.storage.database import ring_after
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entries
from mailer.model.mailings.delivery import DeliveryStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.message import DeliveryId
    from mailer.model.team.actor import Actor

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c
_is_uncertain = _delivery.status == DeliveryStatus.UNCERTAIN.value


class _Chunk(NamedTuple):
    """A row of `statements.CHUNKS_OF_DELIVERIES`."""

    id: int
    mailing_id: str
    campaign: str
    step: str
    may_send_more: bool

    @property
    def subject(self) -> str:
        """The step that a journal entry is about."""
        return f"{self.campaign}/{self.step}"


class SqlUncertainDeliveries:
    """Finds and resolves uncertain deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, *, campaign: str = "", step: str = "") -> Sequence[Delivery]:
        query = (
            select(*COLUMNS)
            .join(tables.mailing, _mailing.id == _delivery.mailing_id)
            .where(_is_uncertain)
            .order_by(_mailing.due_at, _mailing.id, _delivery.place)
        )
        if campaign:
            query = query.where(_mailing.campaign == campaign)
        if step:
            query = query.where(_mailing.step == step)
        with self._database.reading() as connection:
            return [delivery_from_row(row) for row in connection.execute(query)]

    def resolve(
        self,
        delivery_ids: Sequence[DeliveryId],
        *,
        resend: bool,
        actor: Actor,
        why: str,
        at: datetime,
    ) -> frozenset[DeliveryId]:
        status = DeliveryStatus.PENDING if resend else DeliveryStatus.ACCEPTED
        with self._database.writing() as connection:
            chunks = _lock_uncertain(connection, delivery_ids, at=at, to_resend=resend)
            if not chunks:
                return frozenset()
            if resend:
                _reopen(connection, chunks.values(), at)
            statements.RESOLVE.run(connection, ids=list(chunks), to_status=status.value, now=at)
            write_entries(
                connection,
                [
                    (chunk.subject, f"{delivery_id}: {why}" if why else delivery_id)
                    for delivery_id, chunk in chunks.items()
                ],
                at=at,
                actor=actor,
                action="send-again" if resend else "assume-sent",
            )
        return frozenset(chunks)

    def resolve_by_events(
        self, events: Sequence[DeliveryEvent], *, evidence: str, actor: Actor, at: datetime
    ) -> Mapping[DeliveryId, DeliveryStatus]:
        asked = list(dict.fromkeys(each.delivery_id for each in events if each.delivery_id))
        with self._database.writing() as connection:
            chunks = _lock_uncertain(connection, asked, at=at, to_resend=False)
            for event in events:
                if event.delivery_id in chunks:
                    store_events(connection, [event], at=at)
            resolved = _resolved(connection, chunks)
            if resolved:
                write_entries(
                    connection,
                    [
                        (chunks[delivery_id].subject, f"{delivery_id}: {status} ({evidence})")
                        for delivery_id, status in resolved.items()
                    ],
                    at=at,
                    actor=actor,
                    action="settle",
                )
        return resolved


def _resolved(
    connection: Connection, delivery_ids: Iterable[DeliveryId]
) -> dict[DeliveryId, DeliveryStatus]:
    """Return the status of those among these deliveries that are not uncertain, in their order."""
    ids = list(delivery_ids)
    found = dict(statements.CERTAIN_AMONG.rows(connection, ids=ids))
    return {each: DeliveryStatus(found[each]) for each in ids if each in found}


def _lock_uncertain(
    connection: Connection, asked: Sequence[DeliveryId], *, at: datetime, to_resend: bool
) -> dict[DeliveryId, _Chunk]:
    """Lock the uncertain deliveries among `asked`; returns their chunks, in the order of `asked`.

    With `to_resend`, leaves out the deliveries of a mailing that may not send more.
    """
    chunks = {
        row[0]: _Chunk(*row)
        for row in statements.CHUNKS_OF_DELIVERIES.rows(connection, ids=list(asked), now=at)
    }
    chunk_ids = dict(statements.UNCERTAIN_AMONG.rows(connection, ids=list(asked)))
    found = {each: chunks[chunk_ids[each]] for each in asked if each in chunk_ids}
    return {each: chunk for each, chunk in found.items() if chunk.may_send_more or not to_resend}


def _reopen(connection: Connection, chunks: Iterable[_Chunk], at: datetime) -> None:
    """Open these chunks now, and make their finished mailings active again."""
    mailing_ids = {chunk.id: chunk.mailing_id for chunk in chunks}
    statements.OPEN_CHUNKS_NOW.run(connection, ids=list(mailing_ids), now=at)
    statements.REOPEN_MAILINGS.run(connection, ids=list({*mailing_ids.values()}))
    ring_after(connection)
