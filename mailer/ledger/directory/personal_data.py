"""Reads everything that names a person, to be handed to them (GDPR art. 15).

It is the counterpart of `erasure`: what is erased on request is what is told on request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from mailer.ledger.feedback.unknown_mails import letters_naming
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.call_tables import phone_call
from mailer.ledger.storage.definitions.partner_request_tables import partner_request
from mailer.ledger.storage.definitions.register_tables import accreditation_change
from mailer.model.contacts.personal_data import PersonalRecord, RecordKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Connection, Select

    from mailer.ledger.storage.database import Database

_OURS = frozenset(
    {"address_key", "chunk_id", "place", "epoch", "search", "mailing_id", "contact_id"}
)
"""Columns by which the ledger works, and which say nothing of the person."""
_OF_THE_OFFICE = frozenset({"by", "person", "via", "forced_by", "decided_by"})
"""Columns that name who of the office did something: that is their data, not the reader's."""
_mailing, _delivery, _event = tables.mailing.c, tables.delivery.c, tables.event.c


class SqlPersonalData:
    """Everything that names a person, in all tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_addresses(self, address_keys: Collection[str]) -> tuple[PersonalRecord, ...]:
        with self._database.reading() as connection:
            return tuple(_records(connection, tuple(address_keys)))


def _records(connection: Connection, keys: tuple[str, ...]) -> Iterator[PersonalRecord]:
    for kind, query in _queries(keys):
        for row in connection.execute(query).mappings():
            values = {
                name: _plain(value)
                for name, value in row.items()
                if name not in _OURS | _OF_THE_OFFICE
            }
            if kind is RecordKind.CONTACT:
                values["lists"] = _lists(connection, row["id"])
            yield PersonalRecord(kind, values)
    for letter in letters_naming(connection, keys):
        values = {"source": letter.source, "at": _plain(letter.at), "raw": _plain(letter.raw)}
        yield PersonalRecord(RecordKind.RETURNED, values)


def _queries(keys: tuple[str, ...]) -> Iterator[tuple[RecordKind, Select[tuple[object, ...]]]]:
    """Yield what is read for each kind of record, the oldest of each first."""
    for kind, table in (
        (RecordKind.CONTACT, tables.contact),
        (RecordKind.SUPPRESSION, tables.suppression),
        (RecordKind.ACCREDITATION, tables.accreditation),
        (RecordKind.REGISTER_CHANGE, accreditation_change),
        (RecordKind.PARTNER_REQUEST, partner_request),
    ):
        yield kind, select(table).where(table.c.address_key.in_(keys))
    call = phone_call.c
    said = (
        call.address,
        call.phone,
        call.at,
        call.campaign,
        call.outcome,
        call.again_on,
        call.note,
    )
    yield RecordKind.CALL, select(*said).where(call.address_key.in_(keys))
    # Who comes in their place is somebody else's to know.
    answer = tables.accreditation.c
    replaced = select(answer.campaign, answer.at, answer.in_place_of)
    yield RecordKind.ACCREDITATION, replaced.where(func.lower(answer.in_place_of).in_(keys))
    step = (_mailing.campaign, _mailing.step)
    with_mailing = tables.delivery.join(tables.mailing, _mailing.id == _delivery.mailing_id)
    theirs = _delivery.address_key.in_(keys)
    yield (
        RecordKind.MESSAGE,
        select(*step, tables.delivery).select_from(with_mailing).where(theirs),
    )
    about = or_(
        _event.address_key.in_(keys), _event.delivery_id.in_(select(_delivery.id).where(theirs))
    )
    yield RecordKind.RETURNED, select(tables.event).where(about).order_by(_event.id)
    excluded = tables.exclusion.c
    named = func.lower(excluded.contact["address"].as_string()).in_(keys)
    yield (
        RecordKind.LEFT_OUT,
        select(*step, excluded.contact, excluded.reason, excluded.detail)
        .select_from(tables.exclusion.join(tables.mailing, _mailing.id == excluded.mailing_id))
        .where(named),
    )
    journal = tables.journal.c
    naming = (
        func.lower(column).contains(key, autoescape=True)
        for column in (journal.subject, journal.detail)
        for key in keys
    )
    yield (
        RecordKind.JOURNAL,
        select(journal.at, journal.action, journal.subject, journal.detail)
        .where(or_(*naming))
        .order_by(journal.id),
    )


def _lists(connection: Connection, contact_id: str) -> list[str]:
    member = tables.membership.c
    return list(
        connection.scalars(
            select(member.list).where(member.contact_id == contact_id).order_by(member.list)
        )
    )


def _plain(value: object) -> object:
    """Return a value as JSON can hold it."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
