"""The heartbeat of the service: when it last completed a cycle."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from mailer.ledger.storage import tables
from mailer.ledger.storage.database import insert

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.ledger.storage.database import Database

_SERVICE = "service"
_PRECISION = timedelta(minutes=1)
"""A cycle takes about two seconds; writing each one would keep the disk awake."""


class SqlHeartbeat:
    """Stores the last heartbeat in one row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, *, at: datetime) -> None:
        last = self.last()
        if last is not None and last <= at < last + _PRECISION:
            return
        with self._database.writing() as connection:
            row = insert(connection, tables.heartbeat).values(name=_SERVICE, at=at)
            connection.execute(
                row.on_conflict_do_update(index_elements=["name"], set_={"at": row.excluded["at"]})
            )

    def last(self) -> datetime | None:
        with self._database.reading() as connection:
            return connection.scalar(select(tables.heartbeat.c.at))
