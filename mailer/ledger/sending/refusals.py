"""A peer's refusal while we were sending is a fact like one that comes back in a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, literal, select

from mailer.ledger.storage import tables
from mailer.ledger.storage.database import insert
from mailer.model.delivery import Rejected
from mailer.model.event import Deadness, EventKind, Match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from mailer.ledger.sending.requests import Settlement

_delivery = tables.delivery.c


def store_refusals(connection: Connection, refused: Sequence[Settlement]) -> None:
    """One event for each, in the transaction that settles it: neither can be without the other.

    What the reply means is left to whoever judges the event (`operations.record`).
    """
    fact = {
        "key": bindparam("of_key", type_=tables.event.c.key.type),
        "kind": literal(EventKind.REJECTED.value),
        "at": bindparam("of_at", type_=tables.Instant()),
        "source": bindparam("of_source", type_=tables.event.c.source.type),
        "delivery_id": _delivery.id,
        "address": _delivery.address,
        "address_key": _delivery.address_key,
        "match": literal(Match.DELIVERY_ID.value),
        "reason": literal(""),
        "dead": literal(Deadness.UNSURE.value),
        "status_code": literal(""),
        "quote": bindparam("of_quote", type_=tables.event.c.quote.type),
        "rule": literal(""),
        "raw": bindparam("of_raw", type_=tables.event.c.raw.type),
        "stored_at": bindparam("of_at", type_=tables.Instant()),
        "stage": bindparam("of_stage", type_=tables.event.c.stage.type),
    }
    told = insert(connection, tables.event).from_select(
        list(fact),
        select(*(value.label(name) for name, value in fact.items())).where(
            _delivery.id == bindparam("of_id")
        ),
    )
    for each in refused:
        assert isinstance(each.outcome, Rejected)
        connection.execute(
            told.on_conflict_do_nothing(index_elements=["key"]),
            {
                "of_id": each.delivery_id,
                "of_key": f"refusal:{each.delivery_id}:{each.claim.epoch}",
                "of_source": each.claim.provider,
                "of_stage": each.outcome.stage and each.outcome.stage.value,
                "of_at": each.now,
                "of_quote": each.outcome.reply,
                "of_raw": b"",
            },
        )
