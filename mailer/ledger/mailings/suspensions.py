"""The suspension of everything, in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from mailer.ledger.storage.database import ring_after
from mailer.ledger.storage.definitions.bad_day_tables import suspension
from mailer.ledger.storage.journal import write_entry
from mailer.model.mailings.suspension import Suspension

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor

_ONLY_ROW = 1


class SqlSuspensions:
    """The suspension of everything: a row that is there, or not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def suspend(self, *, actor: Actor, why: str, at: datetime) -> bool:
        row = insert(suspension).values(
            id=_ONLY_ROW, at=at, person=actor.person, by=actor.name, why=why
        )
        try:
            with self._database.writing() as connection:
                connection.execute(row)
                write_entry(
                    connection, at=at, actor=actor, action="suspend", subject="", detail=why
                )
        except IntegrityError:
            return False  # it is suspended, perhaps since this very moment
        return True

    def lift(self, *, actor: Actor, why: str, at: datetime) -> bool:
        with self._database.writing() as connection:
            if connection.execute(delete(suspension)).rowcount == 0:
                return False
            write_entry(
                connection, at=at, actor=actor, action="lift-suspension", subject="", detail=why
            )
            ring_after(connection)
        return True

    def present(self) -> Suspension | None:
        with self._database.reading() as connection:
            row = connection.execute(select(suspension)).one_or_none()
        return Suspension(row.at, row.person, row.by, row.why) if row else None
