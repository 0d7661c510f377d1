"""The rows that a start writes: one for each recipient, one for each who was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from mailer.ledger.storage import tables
from mailer.ledger.storage.database import batches
from mailer.ledger.storage.json_values import contact_to_json
from mailer.model.delivery import DeliveryStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.audience import Exclusion
    from mailer.model.contact import Contact
    from mailer.model.delivery import Delivery
    from mailer.model.mailing import MailingId

_BATCH = 500


def chunk_size(number: int) -> int:
    """How many deliveries chunk `number` (from 0) holds.

    A chunk is what one connection takes at a time. 500 keeps the cost of claiming out of
    sight; the first ones are smaller, so that a mailing to three hundred people is spread
    over all connections too.
    """
    return 25 if number < 16 else 100 if number < 32 else 500


def write_deliveries(
    connection: Connection, mailing_id: MailingId, deliveries: Iterable[Delivery], at: datetime
) -> int:
    """Chunks and their deliveries, read as they are written; how many deliveries."""
    place = 0
    for number, batch in enumerate(_chunks(deliveries)):
        _write_chunk(connection, mailing_id, batch, at, number=number, place=place)
        place += len(batch)
    return place


def add_to_mailing(connection: Connection, delivery: Delivery, at: datetime) -> None:
    """One more delivery at the end of its mailing, in a chunk of its own."""
    numbers = select(func.max(tables.chunk.c.number)).where(
        tables.chunk.c.mailing_id == delivery.mailing_id
    )
    places = select(func.max(tables.delivery.c.place)).where(
        tables.delivery.c.mailing_id == delivery.mailing_id
    )
    number, place = (connection.scalar(last) for last in (numbers, places))
    _write_chunk(
        connection,
        delivery.mailing_id,
        [delivery],
        at,
        number=0 if number is None else number + 1,
        place=0 if place is None else place + 1,
    )


def _write_chunk(
    connection: Connection,
    mailing_id: MailingId,
    batch: Sequence[Delivery],
    at: datetime,
    *,
    number: int,
    place: int,
) -> None:
    written = insert(tables.chunk).values(
        mailing_id=mailing_id, number=number, epoch=0, open_at=at, recovered=False
    )
    (chunk_id,) = connection.execute(written).inserted_primary_key or (None,)
    rows = [
        _delivery_row(delivery, mailing_id, chunk_id, place + position)
        for position, delivery in enumerate(batch)
    ]
    connection.execute(insert(tables.delivery), rows)


def _chunks(deliveries: Iterable[Delivery]) -> Iterator[list[Delivery]]:
    source, number = iter(deliveries), 0
    while chunk := next(batches(source, chunk_size(number)), None):
        yield chunk
        number += 1


def _delivery_row(
    delivery: Delivery, mailing_id: MailingId, chunk_id: int | None, place: int
) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "mailing_id": mailing_id,
        "chunk_id": chunk_id,
        "place": place,
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
        "peer_id": "",
    }


def write_exclusions(
    connection: Connection, mailing_id: MailingId, exclusions: Iterable[Exclusion[Contact]]
) -> None:
    """Everybody who does not receive the step, with the reason."""
    for batch in batches(enumerate(exclusions), _BATCH):
        rows = [
            {
                "mailing_id": mailing_id,
                "place": place,
                "contact": contact_to_json(exclusion.contact),
                "reason": exclusion.reason.value,
                "detail": exclusion.detail,
            }
            for place, exclusion in batch
        ]
        connection.execute(insert(tables.exclusion), rows)
