"""Which people were told what waits for them: each at most once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions.waiting_tables import waiting_mail
from mailer.ledger.storage.journal import write_entry
from mailer.model.team.actor import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement

    from mailer.ledger.storage.database import Database

_row = waiting_mail.c


class SqlWaitingMails:
    """One row for each mail that is being sent, or was."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_told(self, person: str) -> frozenset[str]:
        query = (
            select(_row.tasks)
            .where(_row.person == person, _row.sent_at.is_not(None))
            .order_by(_row.on.desc())
            .limit(1)
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalar(query) or ())

    def claim(self, person: str, *, on: date, tasks: Sequence[str], at: datetime) -> bool:
        with self._database.writing() as connection:
            new = insert(connection, waiting_mail).on_conflict_do_nothing()
            new = new.values(person=person, on=on, tasks=list(tasks), claimed_at=at)
            return connection.execute(new.returning(_row.person)).first() is not None

    def record_sent(self, person: str, *, on: date, at: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(update(waiting_mail).where(_is(person, on)).values(sent_at=at))
            write_entry(
                connection, at=at, actor=PROGRAM, action="tell-waiting", subject=person, detail=""
            )

    def release(self, person: str, *, on: date) -> None:
        with self._database.writing() as connection:
            unsent = _row.sent_at.is_(None)
            connection.execute(delete(waiting_mail).where(_is(person, on), unsent))


def _is(person: str, on: date) -> ColumnElement[bool]:
    return (_row.person == person) & (_row.on == on)
