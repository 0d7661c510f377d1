"""The rate limits, kept in the ledger for all workers and across restarts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import tables
from mailer.model.mailings.rate_limit import Reservation
from mailer.pacing import GcraState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.mailings.rate_limit import RateLimit

_rate_limit = tables.rate_limit.c


class SqlRateLimits:
    """Reserves send slots. A worker that dies wastes its slot, so that no limit is exceeded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reserve(
        self, limits: Sequence[RateLimit], *, patience_s: float, now: datetime
    ) -> Reservation:
        with self._database.writing() as connection:
            states = _lock(connection, [limit.key for limit in limits])
            now_s = self._database.now(connection, now).timestamp()
            starts_at_s, strictest = max(
                (states[limit.key].next_send_at_s(limit, now_s), limit.key) for limit in limits
            )
            if starts_at_s - now_s <= patience_s:
                after = {
                    limit.key: states[limit.key].after_sending(limit, now_s, starts_at_s)
                    for limit in limits
                }
                _write(connection, after)
        return Reservation(starts_at_s - now_s, strictest)

    def slow_down(self, key: str, *, now: datetime, held_s: float = 0.0) -> None:
        with self._database.writing() as connection:
            (state,) = _lock(connection, [key]).values()
            now = self._database.now(connection, now)
            _write(connection, {key: state.throttled(now.timestamp(), held_s=held_s)})

    def slowed(self, *, now: datetime) -> frozenset[str]:
        with self._database.reading() as connection:
            found = connection.execute(
                select(tables.rate_limit).where(_rate_limit.factor < 1)
            ).all()
        now_s = now.timestamp()
        return frozenset(
            key
            for key, *fields in found
            if (state := GcraState(*fields)).factor_at(now_s) < 1 or state.free_at_s > now_s
        )


def _lock(connection: Connection, keys: Sequence[str]) -> dict[str, GcraState]:
    """Return the state of these limits, locked until the transaction ends."""
    new = insert(connection, tables.rate_limit).on_conflict_do_nothing()
    for key in sorted(keys):
        connection.execute(new.values(key=key, **asdict(GcraState())))
    query = (
        select(tables.rate_limit)
        .where(_rate_limit.key.in_(keys))
        .order_by(_rate_limit.key)
        .with_for_update()
    )
    return {key: GcraState(*fields) for key, *fields in connection.execute(query)}


def _write(connection: Connection, states: Mapping[str, GcraState]) -> None:
    for key, state in sorted(states.items()):
        connection.execute(
            tables.rate_limit.update().where(_rate_limit.key == key).values(**asdict(state))
        )
