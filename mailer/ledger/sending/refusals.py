"""Refusals while sending become delivery events, like the bounces that come back by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, literal, select

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.metadata import Instant
from mailer.model.feedback.event import Deadness, EventKind, Match
from mailer.model.mailings.delivery import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from mailer.ledger.sending.requests import Settlement

_delivery = tables.delivery.c


def store_refusals(connection: Connection, refused: Sequence[Settlement]) -> None:
    """Store an event for each refusal, in the transaction that settles the delivery.

    The reply is classified later, when the policy is applied (`operations.feedback.record`).
    """
    columns = {
        "key": bindparam("of_key", type_=tables.event.c.key.type),
        "kind": literal(EventKind.REJECTED.value),
        "at": bindparam("of_at", type_=Instant()),
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
        "stored_at": bindparam("of_at", type_=Instant()),
        "stage": bindparam("of_stage", type_=tables.event.c.stage.type),
    }
    stored = insert(connection, tables.event).from_select(
        list(columns),
        select(*(value.label(name) for name, value in columns.items())).where(
            _delivery.id == bindparam("of_id")
        ),
    )
    for each in refused:
        assert isinstance(each.outcome, Rejected)
        connection.execute(
            stored.on_conflict_do_nothing(index_elements=["key"]),
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
