"""The contacts and their lists."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, and_, cast, delete, exists, func, insert, select

from mailer.contacts.search import search_text, search_words
from mailer.ledger.erasure import forgotten_among
from mailer.ledger.storage import tables
from mailer.ledger.storage.database import batches
from mailer.ledger.storage.journal import write_entries, write_entry
from mailer.ledger.suppressions import add_suppression
from mailer.model.address import Address
from mailer.model.contact import Contact, ContactId, ContactList, ContactSummary
from mailer.model.contact_import import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.actor import Actor
    from mailer.model.contact_import import ImportOrigin
    from mailer.model.suppression import Suppression

_contact, _membership = tables.contact.c, tables.membership.c
_BATCH = 500
_PLAIN = tuple(
    field.name
    for field in fields(Contact)
    if field.name not in {"id", "address", "lists", "alternates", "notes"}
)
_NO_LISTS: frozenset[str] = frozenset()
_MEMBERSHIPS = select(_membership.contact_id, _membership.list)
# The alternates as text: most have none, and then there is nothing to parse.
_COMPLETE = select(
    _contact.id,
    _contact.address,
    *(tables.contact.c[name] for name in _PLAIN),
    _contact.alternates,
    _contact.notes,
).order_by(_contact.address_key)
_SUMMARIES = select(
    _contact.id,
    _contact.address_key,
    _contact.address,
    func.trim(_contact.first_name + " " + _contact.last_name),
    _contact.language,
    _contact.is_generic,
    cast(_contact.alternates, String),
).order_by(_contact.address_key)


class SqlContacts:
    """Reads and saves contacts and their lists."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        contacts: Iterable[Contact],
        *,
        actor: Actor,
        at: datetime,
        origin: ImportOrigin = NOWHERE,
        suppressions: Iterable[Suppression] = (),
    ) -> Mapping[str, int]:
        counts = Counter({"added": 0, "changed": 0, "unchanged": 0})
        with self._database.writing() as connection:
            for suppression in suppressions:
                if add_suppression(connection, suppression, actor=actor, at=at):
                    counts["suppressed"] += 1
            for batch in batches(contacts, _BATCH):
                counts.update(_save(connection, batch, at))
            _note_import(connection, origin, counts, actor=actor, at=at)
        return dict(counts)

    def correct_address(
        self, old: Address, new: Address, *, actor: Actor, why: str, at: datetime
    ) -> Contact | None:
        with self._database.writing() as connection:
            found = {
                contact.address.key: contact
                for contact in _read(connection, _contact.address_key.in_((old.key, new.key)))
            }
            contact = found.get(old.key)
            if contact is None:
                return None
            corrected = replace(contact, address=new)
            if (other := found.get(new.key)) is not None and other.id != contact.id:
                corrected = merged(corrected, other)
                connection.execute(delete(tables.contact).where(_contact.id == other.id))
            _write(connection, added=[], changed=[corrected], at=at)
            write_entry(
                connection,
                at=at,
                actor=actor,
                action="correct-address",
                subject=str(old),
                detail=f"{new}: {why}" if why else str(new),
            )
        return corrected

    def all(self, lists: Sequence[str] = ()) -> Sequence[Contact]:
        asked = _COMPLETE if not lists else _COMPLETE.where(_is_on(lists))
        with self._database.reading() as connection:
            lists_of = _all_memberships(connection)
            rows = connection.execute(asked).all()
        return [_from_row(row, lists_of.get(row[0], _NO_LISTS)) for row in rows]

    def page(
        self, *, search: str = "", lists: Sequence[str] = (), after: str = "", limit: int = 100
    ) -> Sequence[Contact]:
        where = [_contact.address_key > after]
        where += [_contact.search.contains(word) for word in search_words(search)]
        if lists:
            where.append(_is_on(lists))
        with self._database.reading() as connection:
            return _read(connection, and_(*where), limit=limit)

    def lists(self, *, after: str = "", limit: int = 100) -> Sequence[ContactList]:
        query = (
            select(_membership.list, func.count())
            .where(_membership.list > after)
            .group_by(_membership.list)
            .order_by(_membership.list)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [ContactList(name, size) for name, size in connection.execute(query)]

    def get(self, contact_id: ContactId) -> Contact | None:
        with self._database.reading() as connection:
            return next(iter(_read(connection, _contact.id == contact_id)), None)

    def of_ids(self, contact_ids: Iterable[ContactId]) -> Mapping[ContactId, Contact]:
        with self._database.reading() as connection:
            return {
                contact.id: contact
                for batch in batches(contact_ids, _BATCH)
                for contact in _read(connection, _contact.id.in_(batch))
            }

    def summaries(self) -> Sequence[ContactSummary]:
        with self._database.reading() as connection:
            lists = _all_memberships(connection)
            rows = connection.execute(_SUMMARIES).all()
        return [
            ContactSummary(
                contact_id,
                key,
                address,
                name,
                language,
                is_generic,
                lists.get(contact_id, _NO_LISTS),
                () if alternates == "[]" else _addresses(alternates),
            )
            for contact_id, key, address, name, language, is_generic, alternates in rows
        ]

    def by_address(self, address_keys: Collection[str]) -> Mapping[str, Contact]:
        with self._database.reading() as connection:
            return {
                contact.address.key: contact
                for batch in batches(address_keys, _BATCH)
                for contact in _read(connection, _contact.address_key.in_(batch))
            }


def _is_on(lists: Sequence[str]) -> ColumnElement[bool]:
    # EXISTS, so that a page checks only the contacts it reads and not the whole list.
    return exists().where(_membership.contact_id == _contact.id, _membership.list.in_(lists))


def _addresses(text: str) -> tuple[Address, ...]:
    return tuple(map(Address.parse, json.loads(text)))


def _all_memberships(connection: Connection) -> dict[ContactId, frozenset[str]]:
    """Return the lists of each contact; contacts on the same lists share one set, to save memory."""
    lists: dict[ContactId, frozenset[str]] = {}
    joined: dict[tuple[frozenset[str], str], frozenset[str]] = {}
    shared: dict[frozenset[str], frozenset[str]] = {}
    for contact_id, name in connection.execute(_MEMBERSHIPS).all():
        pair = lists.get(contact_id, _NO_LISTS), name
        if pair not in joined:
            more = pair[0] | {name}
            joined[pair] = shared.setdefault(more, more)
        lists[contact_id] = joined[pair]
    return lists


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


def _note_import(
    connection: Connection,
    origin: ImportOrigin,
    counts: Mapping[str, int],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    figures = ", ".join(f"{count} {what}" for what, count in counts.items())
    detail = f"{origin.file}: {figures}" if origin.file else figures
    subject = origin.list_name or "contacts"
    write_entry(connection, at=at, actor=actor, action="import", subject=subject, detail=detail)
    decided = [(subject, f"{origin.file}: {each}") for each in origin.decisions]
    if decided:
        write_entries(connection, decided, at=at, actor=actor, action="decide-quarantine")


def _save(connection: Connection, batch: Sequence[Contact], at: datetime) -> Counter[str]:
    keys = {contact.address.key for contact in batch}
    known = {
        contact.address.key: contact
        for contact in _read(connection, _contact.address_key.in_(keys))
    }
    saved = dict(known)
    counts: Counter[str] = Counter()
    forgotten = forgotten_among(connection, keys)
    for contact in batch:
        if contact.address.key in forgotten:
            counts["forgotten"] += 1
            continue
        old = saved.get(contact.address.key)
        new = contact if old is None else merged(old, contact)
        counts["added" if old is None else "unchanged" if new == old else "changed"] += 1
        saved[contact.address.key] = new
    _write(
        connection,
        added=[contact for key, contact in saved.items() if key not in known],
        changed=[contact for key, contact in saved.items() if known.get(key, contact) != contact],
        at=at,
    )
    return counts


def merged(old: Contact, new: Contact) -> Contact:
    """Return `old` completed by `new`: with its id, and the lists and alternates of both.

    When a list is imported again, its values win, except empty ones. Another list only fills
    gaps: a columnist who is also on an association's list stays a columnist of that newspaper.
    Nothing changes when only the date of import differs.
    """
    first, second = (new, old) if new.lists <= old.lists else (old, new)
    values = {name: getattr(first, name) or getattr(second, name) for name in _PLAIN}
    joined = replace(
        old,
        **values | {"source": old.source},
        address=first.address,
        lists=old.lists | new.lists,
        alternates=tuple(dict.fromkeys((*old.alternates, *new.alternates))),
        notes=tuple({**dict(second.notes), **dict(first.notes)}.items()),
    )
    return joined if joined == old else replace(joined, source=values["source"])


def _write(
    connection: Connection, *, added: list[Contact], changed: list[Contact], at: datetime
) -> None:
    replaced = [contact.id for contact in changed]
    if replaced:
        # A changed contact is deleted with its memberships (ON DELETE CASCADE) and written again.
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


def _row(contact: Contact, at: datetime) -> dict[str, Any]:
    return {
        "id": contact.id,
        "address_key": contact.address.key,
        "address": str(contact.address),
        **{name: getattr(contact, name) for name in _PLAIN},
        "alternates": [str(address) for address in contact.alternates],
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


def _read(
    connection: Connection, where: ColumnElement[bool], *, limit: int | None = None
) -> list[Contact]:
    rows = connection.execute(_COMPLETE.where(where).limit(limit)).all()
    lists = memberships(connection, [row[0] for row in rows])
    return [_from_row(row, frozenset(lists[row[0]])) for row in rows]


def _from_row(row: Sequence[Any], lists: frozenset[str]) -> Contact:
    """Return the `Contact` in a row of `_COMPLETE`, read by position: by name takes twice as long."""
    contact_id, address, *plain, alternates, notes = row
    return Contact(
        id=contact_id,
        address=Address.parse(address),
        **dict(zip(_PLAIN, plain, strict=True)),
        lists=lists,
        alternates=tuple(map(Address.parse, alternates)),
        notes=tuple((column, value) for column, value in notes),
    )
