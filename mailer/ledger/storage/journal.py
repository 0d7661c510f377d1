"""Append-only: who did what, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, or_, select

from mailer.ledger.storage import tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database

_journal = tables.journal.c


class SqlJournal:
    """Every act of a person, and every act of the program that changes a plan."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, *, at: datetime, by: str, action: str, subject: str, detail: str = "") -> None:
        with self._database.writing() as connection:
            note(connection, at=at, by=by, action=action, subject=subject, detail=detail)

    def entries(self, subject: str = "") -> Sequence[tuple[datetime, str, str, str, str]]:
        """All lines, or those about `subject` and what is inside it (`campaign/step`)."""
        lines = select(
            _journal.at, _journal.by, _journal.action, _journal.subject, _journal.detail
        ).order_by(_journal.id)
        if subject:
            inside = _journal.subject.startswith(f"{subject}/", autoescape=True)
            lines = lines.where(or_(_journal.subject == subject, inside))
        with self._database.reading() as connection:
            return [tuple(line) for line in connection.execute(lines)]


def note(
    connection: Connection, *, at: datetime, by: str, action: str, subject: str, detail: str = ""
) -> None:
    """One line, in the transaction of the act it tells about."""
    note_each(connection, [(subject, detail)], at=at, by=by, action=action)


def note_each(
    connection: Connection, told: Sequence[tuple[str, str]], *, at: datetime, by: str, action: str
) -> None:
    """One act on several subjects: a line for each (subject, detail), at least one."""
    connection.execute(
        insert(tables.journal),
        [
            {"at": at, "by": by, "action": action, "subject": subject, "detail": detail}
            for subject, detail in told
        ],
    )
