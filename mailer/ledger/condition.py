"""Examines the database of the ledger."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import case, false, func, select, text, true

from mailer.ledger.feedback.inbox import is_dead_letter
from mailer.ledger.storage.backup_files import backups_of, newest_backup
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.job_tables import job
from mailer.ledger.storage.definitions.service_tables import heartbeat
from mailer.ledger.storage.schema import HEAD
from mailer.model.health.figures import LedgerCounts
from mailer.model.health.ledger_condition import LedgerCondition
from mailer.model.mailings.delivery import DeliveryStatus

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

    from mailer.ledger.storage.database import Database

_WHOLE = "ok"


class SqlCondition:
    """Examines a SQLite file, or the PostgreSQL database that its administrator looks after."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def examine(self) -> LedgerCondition:
        return self._of_file() if self._database.is_file else self._of_server()

    def _of_file(self) -> LedgerCondition:
        with self._database.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        ledger = self._database.path
        backup = newest_backup(ledger)
        return LedgerCondition(
            revision=HEAD,
            damage="" if found == _WHOLE else str(found),
            size_bytes=ledger.stat().st_size,
            free_bytes=shutil.disk_usage(ledger.parent).free,
            newest_backup_at=_made_at(backup.stat().st_mtime) if backup else None,
        )

    def _of_server(self) -> LedgerCondition:
        dumped_at = self.newest_backup_at()
        return LedgerCondition(
            revision=HEAD,
            makes_backups=dumped_at is not None,
            newest_backup_at=dumped_at,
            clock_at=self.clock_at(),
        )

    def clock_at(self) -> datetime | None:
        if self._database.is_file:
            return None
        with self._database.reading() as connection:
            # Not now(), which is the beginning of the transaction.
            at: datetime | None = connection.scalar(text("SELECT clock_timestamp()"))
        return at

    def counts(self) -> LedgerCounts:
        is_claimed = tables.chunk.c.lease_until.is_not(None)
        state = case(
            (is_claimed, "claimed"), (tables.chunk.c.open_at.is_(None), "done"), else_="open"
        )
        with self._database.reading() as connection:
            return LedgerCounts(
                chunks=_counted(connection, state),
                jobs=_counted(connection, job.c.state),
                uncertain=_number(
                    connection,
                    tables.delivery,
                    tables.delivery.c.status == DeliveryStatus.UNCERTAIN,
                ),
                posts=_number(connection, tables.post, true()),
                dead_letters=_number(
                    connection,
                    tables.dead_letter,
                    is_dead_letter(),
                ),
            )

    def require_writable(self) -> None:
        self._database.check_space()
        with self._database.writing() as connection:
            # It takes the lock that writing takes, and changes no row.
            connection.execute(heartbeat.delete().where(false()))

    def newest_backup_at(self) -> datetime | None:
        if self._database.is_file:
            newest = next(backups_of(self._database.path), None)
            return _made_at(newest.stat().st_mtime) if newest else None
        with self._database.reading() as connection:
            journal = tables.journal.c
            at: datetime | None = connection.scalar(
                select(func.max(journal.at)).where(journal.action == "dump")
            )
        return at


def _counted(connection: Connection, state: ColumnElement[str]) -> dict[str, int]:
    query = select(state.label("state"), func.count().label("number")).group_by(state)
    return {row.state: row.number for row in connection.execute(query)}


def _number(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(condition)) or 0


def _made_at(modified_s: float) -> datetime:
    return datetime.fromtimestamp(modified_s, UTC)
