"""The journal: append-only lines that say who did what, when."""

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
_CHANGES = 20171210
"""The number of the lock under which a line is compared with the last of its kind."""


class SqlJournal:
    """Every act that changed something; lines about an act are written where it is done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, *, at: datetime, actor: Actor, action: str, subject: str, detail: str = ""
    ) -> None:
        """Write the line of an act that changes nothing else in the ledger."""
        with self._database.writing() as connection:
            note(connection, at=at, actor=actor, action=action, subject=subject, detail=detail)

    def add_if_changed(
        self, *, at: datetime, actor: Actor, action: str, subject: str, detail: str
    ) -> bool:
        """Write the line unless the last of this action and subject has the same detail (no
        line counts as an empty one); says whether it was written. Two callers at once write
        it once.
        """
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
            note(connection, at=at, actor=actor, action=action, subject=subject, detail=detail)
        return True

    def entries(self, subject: str = "") -> Sequence[JournalEntry]:
        """All lines, or those about `subject` and what is inside it (`campaign/step`)."""
        lines = _lines_about(subject).order_by(_journal.id)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(lines)]

    def page(
        self, subject: str = "", *, after: int | None = None, limit: int = 100
    ) -> Sequence[JournalEntry]:
        """Return at most `limit` lines, the newest first, from before the one with id `after`;
        of `subject` as `entries` does.
        """
        lines = _lines_about(subject).order_by(_journal.id.desc()).limit(limit)
        if after is not None:
            lines = lines.where(_journal.id < after)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(lines)]


def _lines_about(subject: str) -> Select[*tuple[Any, ...]]:
    """The lines about a subject and what is inside it (`campaign/step`); without one, all."""
    if not subject:
        return _LINES
    inside = _journal.subject.startswith(f"{subject}/", autoescape=True)
    return _LINES.where(or_(_journal.subject == subject, inside))


def note(
    connection: Connection,
    *,
    at: datetime,
    actor: Actor,
    action: str,
    subject: str,
    detail: str = "",
) -> None:
    """Write one line, in the transaction of the act it is about."""
    note_each(connection, [(subject, detail)], at=at, actor=actor, action=action)


def note_each(
    connection: Connection,
    lines: Sequence[tuple[str, str]],
    *,
    at: datetime,
    actor: Actor,
    action: str,
) -> None:
    """Write a line for each (subject, detail) of one act; `lines` holds at least one."""
    connection.execute(
        insert(tables.journal),
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
