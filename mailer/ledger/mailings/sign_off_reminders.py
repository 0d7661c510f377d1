"""Which signatories were reminded of which hour: each is reminded of it once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions.sign_off_tables import sign_off_reminder
from mailer.ledger.storage.journal import write_entry
from mailer.model.team.actor import PROGRAM

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from mailer.ledger.storage.database import Database

_row = sign_off_reminder.c
_CLAIMED_FOR = timedelta(minutes=30)
"""Longer than a provider may take to answer, so that no other service sends the same meanwhile."""


class SqlSignOffReminders:
    """One row for each reminder that is being sent, or was."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reminded(self, campaign: str, *, due_at: datetime) -> frozenset[str]:
        query = select(_row.person).where(
            _row.campaign == campaign, _row.due_at == due_at, _row.sent_at.is_not(None)
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def claim(self, campaign: str, person: str, *, due_at: datetime, at: datetime) -> bool:
        given_up = (_row.sent_at.is_(None)) & (_row.claimed_at <= at - _CLAIMED_FOR)
        with self._database.writing() as connection:
            connection.execute(
                delete(sign_off_reminder).where(_is(campaign, person, due_at), given_up)
            )
            new = insert(connection, sign_off_reminder).on_conflict_do_nothing()
            new = new.values(campaign=campaign, person=person, due_at=due_at, claimed_at=at)
            return connection.execute(new.returning(_row.person)).first() is not None

    def record_sent(self, campaign: str, person: str, *, due_at: datetime, at: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(
                update(sign_off_reminder).where(_is(campaign, person, due_at)).values(sent_at=at)
            )
            write_entry(
                connection,
                at=at,
                actor=PROGRAM,
                action="remind-signatory",
                subject=campaign,
                detail=f"{person}: {due_at.isoformat(timespec='minutes')}",
            )

    def release(self, campaign: str, person: str, *, due_at: datetime) -> None:
        with self._database.writing() as connection:
            unsent = _row.sent_at.is_(None)
            connection.execute(
                delete(sign_off_reminder).where(_is(campaign, person, due_at), unsent)
            )


def _is(campaign: str, person: str, due_at: datetime) -> ColumnElement[bool]:
    return (_row.campaign == campaign) & (_row.person == person) & (_row.due_at == due_at)
