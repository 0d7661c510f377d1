"""The register of the processes of the service."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.process_tables import service_process
from mailer.model.service.service_process import ServiceProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailer.ledger.storage.database import Database

_process, _chunk = service_process.c, tables.chunk.c
_KEPT_FOR = timedelta(days=1)


class SqlServiceProcesses:
    """One row for each process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, process: ServiceProcess) -> None:
        with self._database.writing() as connection:
            now = self._database.now(connection, process.seen_at)
            row = insert(connection, service_process).values(
                id=process.id,
                host=process.host,
                version=process.version,
                roles=" ".join(process.roles),
                started_at=process.started_at,
                seen_at=now,
                trouble=process.trouble,
            )
            seen = {"seen_at": now, "trouble": process.trouble}
            connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=seen))
            connection.execute(delete(service_process).where(_process.seen_at < now - _KEPT_FOR))

    def forget(self, process_id: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(service_process).where(_process.id == process_id))

    def all(self) -> Sequence[ServiceProcess]:
        chunks = (
            select(func.count())
            .where(_chunk.worker == _process.id)
            .correlate(service_process)
            .scalar_subquery()
        )
        query = select(*_process, chunks).order_by(_process.host, _process.started_at, _process.id)
        with self._database.reading() as connection:
            return [
                ServiceProcess(
                    id=row[0],
                    host=row[1],
                    version=row[2],
                    roles=tuple(row[3].split()),
                    started_at=row[4],
                    seen_at=row[5],
                    trouble=row[6],
                    chunks=row[7],
                )
                for row in connection.execute(query)
            ]

    def clock_offset_s(self, read: Callable[[], datetime]) -> float:
        # Read before and after: however long the answer takes, it is no fault of the clock.
        with self._database.reading() as connection:
            before = read()
            there = self._database.now(connection, before)
            after = read()
        if there < before:
            return (before - there).total_seconds()
        return min((after - there).total_seconds(), 0.0)
