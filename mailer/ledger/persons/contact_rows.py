"""Contacts as rows: reading them with their lists, and writing them with what is derived."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from mailer.contacts.known_contacts import PLAIN_FIELDS
from mailer.contacts.search import search_text
from mailer.ledger.storage.database import batches
from mailer.ledger.storage.definitions import tables
from mailer.model.address import Address
from mailer.model.contacts.contact import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

_contact, _membership = tables.contact.c, tables.membership.c
_BATCH = 500
COMPLETE = select(
    _contact.id,
    _contact.address,
    *(tables.contact.c[name] for name in PLAIN_FIELDS),
    _contact.alternates,
    _contact.former,
    _contact.notes,
).order_by(_contact.address_key)
"""The columns of `from_row`, in the order of the address keys."""


def memberships(connection: Connection, contact_ids: Iterable[str]) -> dict[str, set[str]]:
    """Return the lists that each of these contacts is on."""
    lists: defaultdict[str, set[str]] = defaultdict(set)
    for batch in batches(contact_ids, _BATCH):
        query = select(_membership.contact_id, _membership.list).where(
            _membership.contact_id.in_(batch)
        )
        for contact_id, name in connection.execute(query):
            lists[contact_id].add(name)
    return lists


def write_contacts(
    connection: Connection, *, added: list[Contact], changed: list[Contact], at: datetime
) -> None:
    """Insert the `added` contacts and replace the `changed` ones, by id."""
    replaced = [contact.id for contact in changed]
    if replaced:
        # A changed contact is deleted and written again. Its memberships and further addresses go
        # with it (ON DELETE CASCADE).
        connection.execute(delete(tables.contact).where(_contact.id.in_(replaced)))
    written = added + changed
    if written:
        rows = [_row(contact, at) for contact in written]
        connection.execute(insert(tables.contact), rows)
    lists = [
        {"contact_id": contact.id, "list": name} for contact in written for name in contact.lists
    ]
    if lists:
        connection.execute(insert(tables.membership), lists)
    further = [row for contact in written for row in _further_rows(contact)]
    if further:
        connection.execute(insert(tables.further_address), further)


def _further_rows(contact: Contact) -> Iterator[dict[str, Any]]:
    further = {address.key: False for address in contact.alternates}
    further |= {address.key: True for address in contact.former}
    further.pop(contact.key, None)
    for key, is_former in further.items():
        yield {"contact_id": contact.id, "address_key": key, "is_former": is_former}


def _row(contact: Contact, at: datetime) -> dict[str, Any]:
    return {
        "id": contact.id,
        "address_key": contact.address.key,
        "address": str(contact.address),
        **{name: getattr(contact, name) for name in PLAIN_FIELDS},
        "alternates": [str(address) for address in contact.alternates],
        "former": [str(address) for address in contact.former],
        "notes": [list(note) for note in contact.notes],
        "search": search_text(
            (
                contact.name,
                contact.organisation,
                contact.role,
                contact.beat,
                contact.region,
                str(contact.address),
            )
        ),
        "changed_at": at,
    }


def read_contacts(
    connection: Connection, where: ColumnElement[bool], *, limit: int | None = None
) -> list[Contact]:
    """Return the contacts that fulfil the condition, by address key."""
    rows = connection.execute(COMPLETE.where(where).limit(limit)).all()
    lists = memberships(connection, [row[0] for row in rows])
    return [from_row(row, frozenset(lists[row[0]])) for row in rows]


def from_row(row: Sequence[Any], lists: frozenset[str]) -> Contact:
    """Return the `Contact` in a row of `COMPLETE`, read by position: by name takes twice as long."""
    contact_id, address, *plain, alternates, former, notes = row
    return Contact(
        id=contact_id,
        address=Address.parse(address),
        **dict(zip(PLAIN_FIELDS, plain, strict=True)),
        lists=lists,
        alternates=tuple(map(Address.parse, alternates)),
        former=tuple(map(Address.parse, former)),
        notes=tuple((column, value) for column, value in notes),
    )
