"""Writes the rows of a mailing that starts: its chunks, deliveries and exclusions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from mailer.ledger.storage.database import batches
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.json_values import contact_to_json
from mailer.model.mailings.delivery import DeliveryStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.campaigns.audience import Exclusion
    from mailer.model.contacts.contact import Contact
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import MailingId

_BATCH = 500


def chunk_size(number: int) -> int:
    """Return how many deliveries chunk `number` (from 0) holds.

    One connection claims a chunk at a time. With 500 deliveries the cost of claiming does not
    show. The first chunks are smaller, so that a mailing to three hundred people is spread over
    all connections too.
    """
    return 25 if number < 16 else 100 if number < 32 else 500


def write_deliveries(
    connection: Connection, mailing_id: MailingId, deliveries: Iterable[Delivery], at: datetime
) -> int:
    """Write deliveries in chunks, reading them as they are written; returns how many there are."""
    count = 0
    for number, batch in enumerate(_chunks(deliveries)):
        _write_chunk(connection, mailing_id, batch, at, number=number, position=count)
        count += len(batch)
    return count


def add_to_mailing(connection: Connection, delivery: Delivery, at: datetime) -> None:
    """Write one more delivery at the end of its mailing, in a chunk of its own."""
    add_all_to_mailing(connection, delivery.mailing_id, [delivery], at)


def add_all_to_mailing(
    connection: Connection, mailing_id: MailingId, deliveries: Sequence[Delivery], at: datetime
) -> None:
    """Write more deliveries at the end of a mailing, in a chunk of their own."""
    number, position = _ends(connection, mailing_id)
    _write_chunk(connection, mailing_id, deliveries, at, number=number, position=position)


def _ends(connection: Connection, mailing_id: MailingId) -> tuple[int, int]:
    """Return the number of the next chunk and the position of the next delivery."""
    numbers = select(func.max(tables.chunk.c.number)).where(tables.chunk.c.mailing_id == mailing_id)
    positions = select(func.max(tables.delivery.c.place)).where(
        tables.delivery.c.mailing_id == mailing_id
    )
    number, position = (connection.scalar(last) for last in (numbers, positions))
    return 0 if number is None else number + 1, 0 if position is None else position + 1


def _write_chunk(
    connection: Connection,
    mailing_id: MailingId,
    batch: Sequence[Delivery],
    at: datetime,
    *,
    number: int,
    position: int,
) -> None:
    chunk = insert(tables.chunk).values(
        mailing_id=mailing_id, number=number, epoch=0, open_at=at, recovered=False
    )
    (chunk_id,) = connection.execute(chunk).inserted_primary_key or (None,)
    rows = [
        _delivery_row(delivery, mailing_id, chunk_id, each)
        for each, delivery in enumerate(batch, start=position)
    ]
    connection.execute(insert(tables.delivery), rows)


def _chunks(deliveries: Iterable[Delivery]) -> Iterator[list[Delivery]]:
    source, number = iter(deliveries), 0
    while chunk := next(batches(source, chunk_size(number)), None):
        yield chunk
        number += 1


def _delivery_row(
    delivery: Delivery, mailing_id: MailingId, chunk_id: int | None, position: int
) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "mailing_id": mailing_id,
        "chunk_id": chunk_id,
        "place": position,
        "contact_id": delivery.contact_id,
        "address_key": delivery.address.key,
        "address": str(delivery.address),
        "name": delivery.name,
        "list": delivery.variant.list,
        "language": delivery.variant.language,
        "fields": dict(delivery.fields),
        "status": DeliveryStatus.PENDING.value,
        "epoch": 0,
        "attempt": 0,
        "reply": "",
        "peer_id": "",  # which nothing reads any more, and whose column wants a value
        "answer": delivery.answer,
    }


def write_exclusions(
    connection: Connection, mailing_id: MailingId, exclusions: Iterable[Exclusion[Contact]]
) -> None:
    """Write who does not receive the step, and why."""
    for batch in batches(enumerate(exclusions), _BATCH):
        rows = [
            {
                "mailing_id": mailing_id,
                "place": position,
                "contact": contact_to_json(exclusion.contact),
                "reason": exclusion.reason.value,
                "detail": exclusion.detail,
            }
            for position, exclusion in batch
        ]
        connection.execute(insert(tables.exclusion), rows)
