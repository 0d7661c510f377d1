"""The journal: an append-only record of who did what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, or_, select

from mailer.ledger.storage import tables
from mailer.ledger.storage.database import lock_exclusively
from mailer.model.actor import Via
from mailer.model.journal import JournalEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

    from mailer.ledger.storage.database import Database
    from mailer.model.actor import Actor

_journal = tables.journal.c
_LINES = select(
    _journal.at,
    _journal.person,
    _journal.by,
    _journal.via,
    _journal.action,
    _journal.subject,
    _journal.detail,
    _journal.id,
)
_ADD = insert(tables.journal)
_CHANGES = 20171210
"""The number of the lock under which `add_if_changed` compares and writes a line."""


class SqlJournal:
    """Reads the journal, and writes the lines of acts that change nothing else in the ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, *, at: datetime, actor: Actor, action: str, subject: str, detail: str = ""
    ) -> None:
        with self._database.writing() as connection:
            write_entry(
                connection, at=at, actor=actor, action=action, subject=subject, detail=detail
            )

    def add_if_changed(
        self, *, at: datetime, actor: Actor, action: str, subject: str, detail: str
    ) -> bool:
        last = (
            select(_journal.detail)
            .where(_journal.action == action, _journal.subject == subject)
            .order_by(_journal.id.desc())
            .limit(1)
        )
        with self._database.reading() as connection:
            if (connection.scalar(last) or "") == detail:
                return False
        with self._database.writing() as connection:
            lock_exclusively(connection, _CHANGES)
            if (connection.scalar(last) or "") == detail:
                return False
            write_entry(
                connection, at=at, actor=actor, action=action, subject=subject, detail=detail
            )
        return True

    def entries(self, subject: str = "", *, action: str = "") -> Sequence[JournalEntry]:
        query = _lines_about(subject).order_by(_journal.id)
        if action:
            query = query.where(_journal.action == action)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def page(
        self, subject: str = "", *, after: int | None = None, limit: int = 100
    ) -> Sequence[JournalEntry]:
        query = _lines_about(subject).order_by(_journal.id.desc()).limit(limit)
        if after is not None:
            query = query.where(_journal.id < after)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(query)]


def _lines_about(subject: str) -> Select[*tuple[Any, ...]]:
    """Select the lines about a subject and its parts (`campaign/step`); all without a subject."""
    if not subject:
        return _LINES
    inside = _journal.subject.startswith(f"{subject}/", autoescape=True)
    return _LINES.where(or_(_journal.subject == subject, inside))


def write_entry(
    connection: Connection,
    *,
    at: datetime,
    actor: Actor,
    action: str,
    subject: str,
    detail: str = "",
) -> None:
    """Write one line in the transaction of the act that it is about."""
    write_entries(connection, [(subject, detail)], at=at, actor=actor, action=action)


def write_entries(
    connection: Connection,
    lines: Sequence[tuple[str, str]],
    *,
    at: datetime,
    actor: Actor,
    action: str,
) -> None:
    """Write a line for each (subject, detail) of one act; `lines` may not be empty."""
    connection.execute(
        _ADD,
        [
            {
                "at": at,
                "person": actor.person,
                "by": actor.name,
                "via": actor.via.value,
                "action": action,
                "subject": subject,
                "detail": detail,
            }
            for subject, detail in lines
        ],
    )


def _entry(row: Row[*tuple[Any, ...]]) -> JournalEntry:
    return JournalEntry(
        at=row.at,
        person=row.person,
        name=row.by,
        via=Via(row.via),
        action=row.action,
        subject=row.subject,
        detail=row.detail,
        id=row.id,
    )
