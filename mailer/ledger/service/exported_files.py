"""The files that were exported in the background, each until somebody fetches it or hours pass."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions.export_tables import exported_file as table
from mailer.ledger.storage.journal import write_entry
from mailer.model.service.exported_file import ExportedFile

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor


class SqlExportedFiles:
    """Stores the files in the ledger, so that any desk of the office hands them out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, file: ExportedFile) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.c.job == file.job))
            connection.execute(insert(connection, table).values(asdict(file)))

    def keep_export(
        self, file: ExportedFile, *, actor: Actor, subject: str, detail: str, at: datetime
    ) -> None:
        with self._database.writing() as connection:
            stored = insert(connection, table).values(asdict(file)).on_conflict_do_nothing()
            if connection.execute(stored.returning(table.c.job)).first() is not None:
                write_entry(
                    connection, at=at, actor=actor, action="export", subject=subject, detail=detail
                )

    def get(self, job_id: str) -> ExportedFile | None:
        with self._database.reading() as connection:
            row = connection.execute(select(table).where(table.c.job == job_id)).first()
        return None if row is None else ExportedFile(**row._asdict())

    def remove_older(self, than: datetime) -> int:
        with self._database.writing() as connection:
            return connection.execute(delete(table).where(table.c.made_at < than)).rowcount
