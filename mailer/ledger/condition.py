"""Examines the database of the ledger."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import false, text

from mailer.ledger.storage.backup_files import backups_of, newest_backup
from mailer.ledger.storage.schema import HEAD
from mailer.ledger.storage.service_tables import heartbeat
from mailer.model.ledger_condition import LedgerCondition

if TYPE_CHECKING:
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
        with self._database.reading() as connection:
            # Not now(), which is the beginning of the transaction.
            clock_at = connection.scalar(text("SELECT clock_timestamp()"))
        return LedgerCondition(revision=HEAD, makes_backups=False, clock_at=clock_at)

    def require_writable(self) -> None:
        self._database.check_space()
        with self._database.writing() as connection:
            # It takes the lock that writing takes, and changes no row.
            connection.execute(heartbeat.delete().where(false()))

    def newest_backup_at(self) -> datetime | None:
        if not self._database.is_file:
            return None
        newest = next(backups_of(self._database.path), None)
        return _made_at(newest.stat().st_mtime) if newest else None


def _made_at(modified_s: float) -> datetime:
    return datetime.fromtimestamp(modified_s, UTC)
