"""Counts what is kept of people, of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, select, union_all

from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.call_tables import phone_call
from mailer.ledger.storage.definitions.export_tables import exported_file
from mailer.ledger.storage.definitions.partner_request_tables import partner_request
from mailer.ledger.storage.definitions.register_tables import accreditation_change
from mailer.model.contacts.personal_data import RecordKind
from mailer.model.contacts.retention import Holding, PurgedKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement, Connection, Select, Table

    from mailer.ledger.storage.database import Database

_OLDEST: tuple[tuple[RecordKind, Table, ColumnElement[Any]], ...] = (
    (RecordKind.CONTACT, tables.contact, tables.contact.c.changed_at),
    (RecordKind.SUPPRESSION, tables.suppression, tables.suppression.c.since),
    (RecordKind.ACCREDITATION, tables.accreditation, tables.accreditation.c.at),
    (RecordKind.PARTNER_REQUEST, partner_request, partner_request.c.at),
    (RecordKind.REGISTER_CHANGE, accreditation_change, accreditation_change.c.at),
    (RecordKind.CALL, phone_call, phone_call.c.at),
    (RecordKind.RETURNED, tables.event, tables.event.c.at),
    (RecordKind.JOURNAL, tables.journal, tables.journal.c.at),
)
"""What has an instant of its own."""
_OF_MAILINGS = ((RecordKind.MESSAGE, tables.delivery), (RecordKind.LEFT_OUT, tables.exclusion))


class SqlRetention:
    """Counts records; it reads none of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def holdings(self, *, exports_kept_for: timedelta, now: datetime) -> tuple[Holding, ...]:
        with self._database.reading() as connection:
            return (
                *_of_tables(connection),
                _cards(connection, now),
                _exports(connection, exports_kept_for, now),
            )


def _of_tables(connection: Connection) -> Iterator[Holding]:
    """Yield the counts of all kinds, in one statement."""
    counts = [
        *(_count(kind, instant).select_from(table) for kind, table, instant in _OLDEST),
        *(
            _count(kind, tables.mailing.c.due_at).select_from(
                table.join(tables.mailing, tables.mailing.c.id == table.c.mailing_id)
            )
            for kind, table in _OF_MAILINGS
        ),
    ]
    for kind, count, since in connection.execute(union_all(*counts)):
        yield Holding(RecordKind(kind), count, since)


def _count(kind: RecordKind, instant: ColumnElement[Any]) -> Select[str, int, Any]:
    return select(literal(kind.value), func.count(), func.min(instant))


def _cards(connection: Connection, now: datetime) -> Holding:
    """Count the numbers of press cards that are still there."""
    entry, request = tables.accreditation.c, partner_request.c
    kept = union_all(
        select(entry.at, entry.card_purge_at).where(entry.card_number != ""),
        select(request.at, request.card_purge_at).where(request.card_number != ""),
    ).subquery()
    count, since, until = connection.execute(
        select(func.count(), func.min(kept.c.at), func.min(kept.c.card_purge_at)).select_from(kept)
    ).one()
    due = select(func.count()).where(kept.c.card_purge_at <= max(until or now, now))
    going = connection.scalar(due) if until else 0
    return Holding(PurgedKind.CARD_NUMBER, count, since, until, going or 0)


def _exports(connection: Connection, kept_for: timedelta, now: datetime) -> Holding:
    """Count the exported files that wait to be fetched."""
    made = exported_file.c.made_at
    count, since = connection.execute(select(func.count(), func.min(made))).one()
    if since is None:
        return Holding(PurgedKind.EXPORTED_FILE, 0, None)
    until = since + kept_for
    due = select(func.count()).where(made <= max(until, now) - kept_for)
    return Holding(PurgedKind.EXPORTED_FILE, count, since, until, connection.scalar(due) or 0)
