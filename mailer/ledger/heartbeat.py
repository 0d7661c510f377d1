"""When the service last took a turn: without one, nothing that is due would leave."""

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
_AS_EXACT_AS = timedelta(minutes=1)
"""A turn is taken every two seconds; a disk need not be woken for each."""


class SqlHeartbeat:
    """One line."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, *, at: datetime) -> None:
        """A turn has ended well; written once a minute."""
        last = self.last()
        if last is not None and last <= at < last + _AS_EXACT_AS:
            return
        with self._database.writing() as connection:
            line = insert(connection, tables.turn).values(name=_SERVICE, at=at)
            connection.execute(
                line.on_conflict_do_update(
                    index_elements=["name"], set_={"at": line.excluded["at"]}
                )
            )

    def last(self) -> datetime | None:
        """To the minute; None when there never was one."""
        with self._database.reading() as connection:
            return connection.scalar(select(tables.turn.c.at))
