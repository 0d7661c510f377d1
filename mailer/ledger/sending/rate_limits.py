"""The pace, held for all workers and across restarts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from mailer.ledger.storage import tables
from mailer.ledger.storage.database import insert
from mailer.model.rate_limit import Reservation
from mailer.pacing import GcraState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.rate_limit import RateLimit

_pace = tables.pace.c


class SqlRateLimits:
    """A worker that dies with a slot in hand wastes it: the pace is undershot, never overshot."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reserve(
        self, limits: Sequence[RateLimit], *, patience_s: float, now: datetime
    ) -> Reservation:
        """Reserve the next send slot allowed by every limit. Reserves nothing if the wait
        exceeds `patience_s`; the answer then says how long it would be.
        """
        now_s = now.timestamp()
        with self._database.writing() as connection:
            slots = _held(connection, [limit.key for limit in limits])
            starts_at_s, strictest = max(
                (slots[limit.key].next_send_at_s(limit, now_s), limit.key) for limit in limits
            )
            if starts_at_s - now_s <= patience_s:
                taken = {
                    limit.key: slots[limit.key].after_sending(limit, now_s, starts_at_s)
                    for limit in limits
                }
                _write(connection, taken)
        return Reservation(starts_at_s - now_s, strictest)

    def slow_down(self, key: str, *, now: datetime) -> None:
        """Halves the pace of a limit, whose peer has asked for patience."""
        with self._database.writing() as connection:
            (slot,) = _held(connection, [key]).values()
            _write(connection, {key: slot.throttled(now.timestamp())})

    def slowed(self, *, now: datetime) -> frozenset[str]:
        """The limits that are still slower than usual."""
        with self._database.reading() as connection:
            found = connection.execute(select(tables.pace).where(_pace.factor < 1)).all()
        now_s = now.timestamp()
        return frozenset(
            key for key, *slot in found if GcraState(*slot).factor_at(now_s) < 1 or slot[0] > now_s
        )


def _held(connection: Connection, keys: Sequence[str]) -> dict[str, GcraState]:
    """Where these limits stand, theirs alone until the transaction ends."""
    new = insert(connection, tables.pace).on_conflict_do_nothing()
    for key in sorted(keys):
        connection.execute(new.values(key=key, free_at_s=0.0, factor=1.0, slowed_at_s=0.0))
    found = select(tables.pace).where(_pace.key.in_(keys)).order_by(_pace.key).with_for_update()
    return {key: GcraState(*slot) for key, *slot in connection.execute(found)}


def _write(connection: Connection, slots: Mapping[str, GcraState]) -> None:
    for key, slot in sorted(slots.items()):
        connection.execute(
            tables.pace.update()
            .where(_pace.key == key)
            .values(free_at_s=slot.free_at_s, factor=slot.factor, slowed_at_s=slot.slowed_at_s)
        )
