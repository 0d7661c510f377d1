"""The contacts and their lists."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import String, and_, cast, exists, func, or_, select

from mailer.contacts.known_contacts import merged, without_repeats
from mailer.contacts.role_addresses import is_forgotten
from mailer.contacts.search import search_words
from mailer.ledger.directory.contact_removal import remove_contact
from mailer.ledger.directory.erasure import forgotten_among
from mailer.ledger.directory.list_files import end_list
from mailer.ledger.directory.list_moves import move_list
from mailer.ledger.persons.contact_rows import COMPLETE, from_row, read_contacts, write_contacts
from mailer.ledger.persons.persons import (
    contact_with,
    keys_of_person,
    owners_of_former,
    people_with,
)
from mailer.ledger.persons.suppressions import add_suppression
from mailer.ledger.storage.database import batches
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entries, write_entry
from mailer.model.address import Address
from mailer.model.contacts.contact import ContactId, ContactList, ContactSummary
from mailer.model.contacts.contact_import import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.contacts.contact import Contact
    from mailer.model.contacts.contact_import import ImportOrigin
    from mailer.model.contacts.list_move import ListMove
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.team.actor import Actor

_contact, _membership = tables.contact.c, tables.membership.c
_BATCH = 500
_AT_ONCE = 5_000
"""How many contacts are saved in one transaction: nobody else writes for as long as it takes."""
_NO_LISTS: frozenset[str] = frozenset()
_BETWEEN_LISTS = "\x1f"  # nobody can type it
_MEMBERSHIPS = select(
    _membership.contact_id, func.aggregate_strings(_membership.list, _BETWEEN_LISTS)
).group_by(_membership.contact_id)
# What most contacts have not is NULL: a text for each, of a hundred thousand, takes a third of the
# time. Further addresses come as text, so that there is nothing to parse either.
_SUMMARIES = select(
    _contact.id,
    _contact.address_key,
    func.nullif(_contact.address, _contact.address_key),
    func.trim(_contact.first_name + " " + _contact.last_name),
    _contact.language,
    _contact.is_generic,
    func.nullif(cast(_contact.alternates, String), "[]"),
    func.nullif(cast(_contact.former, String), "[]"),
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
        total: Counter[str] = Counter()
        parts = batches(contacts, _AT_ONCE)
        part = next(parts, [])
        for following in parts:
            before_end = replace(origin, taken=None)
            total.update(self._save_part(part, before_end, suppressions, actor=actor, at=at))
            self._database.let_others_write()
            part, origin, suppressions = following, replace(origin, decisions=()), ()
        total.update(self._save_part(part, origin, suppressions, actor=actor, at=at))
        return dict(total)

    def _save_part(
        self,
        contacts: Sequence[Contact],
        origin: ImportOrigin,
        suppressions: Iterable[Suppression],
        *,
        actor: Actor,
        at: datetime,
    ) -> Mapping[str, int]:
        counts = Counter({"added": 0, "changed": 0, "unchanged": 0})
        with self._database.writing() as connection:
            for suppression in suppressions:
                if add_suppression(connection, suppression, actor=actor, at=at):
                    counts["suppressed"] += 1
            for batch in batches(contacts, _BATCH):
                counts.update(_save(connection, batch, at))
            _note_import(connection, origin, counts, actor=actor, at=at)
            if origin.taken is not None:
                end_list(connection, origin.taken, at=at)
        return counts

    def put(
        self, contact: Contact, *, action: str, detail: str, actor: Actor, at: datetime
    ) -> None:
        subject = str(contact.address)
        with self._database.writing() as connection:
            # Replaces the contact with this id, if there is one.
            write_contacts(connection, added=[], changed=[contact], at=at)
            write_entry(
                connection, at=at, actor=actor, action=action, subject=subject, detail=detail
            )

    def remove(self, contact: Contact, *, actor: Actor, at: datetime) -> None:
        with self._database.writing() as connection:
            remove_contact(connection, contact, at=at)
            subject = str(contact.address)
            write_entry(connection, at=at, actor=actor, action="remove-contact", subject=subject)

    def move_list(self, move: ListMove, *, actor: Actor, at: datetime) -> bool:
        with self._database.writing() as connection:
            return move_list(connection, move, actor=actor, at=at)

    def correct_address(
        self,
        old: Address,
        new: Address,
        *,
        readdress: Callable[[Delivery, Address], Delivery],
        actor: Actor,
        why: str,
        at: datetime,
    ) -> Contact | None:
        # It needs the statements of sending, which take a command longer than all that it reads.
        from mailer.ledger.directory.corrections import correct_address  # noqa: PLC0415

        with self._database.writing() as connection:
            return correct_address(
                connection, old, new, readdress=readdress, actor=actor, why=why, at=at
            )

    def all(self, lists: Sequence[str] = ()) -> Sequence[Contact]:
        asked = COMPLETE if not lists else COMPLETE.where(_is_on(lists))
        with self._database.reading() as connection:
            lists_of = _all_memberships(connection)
            rows = connection.execute(asked).all()
            return [from_row(row, lists_of.get(row[0], _NO_LISTS)) for row in rows]

    def page(
        self, *, search: str = "", lists: Sequence[str] = (), after: str = "", limit: int = 100
    ) -> Sequence[Contact]:
        where = [_contact.address_key > after]
        where += [_contact.search.contains(word) for word in search_words(search)]
        if lists:
            where.append(_is_on(lists))
        with self._database.reading() as connection:
            return read_contacts(connection, and_(*where), limit=limit)

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
            return next(iter(read_contacts(connection, _contact.id == contact_id)), None)

    def of_ids(self, contact_ids: Iterable[ContactId]) -> Mapping[ContactId, Contact]:
        with self._database.reading() as connection:
            return {
                contact.id: contact
                for batch in batches(contact_ids, _BATCH)
                for contact in read_contacts(connection, _contact.id.in_(batch))
            }

    def summaries(self) -> Sequence[ContactSummary]:
        with self._database.reading() as connection:
            lists = _all_memberships(connection)
            rows = connection.execute(_SUMMARIES).all()
            return [
                ContactSummary(
                    contact_id,
                    key,
                    address or key,
                    name,
                    language,
                    is_generic,
                    lists.get(contact_id, _NO_LISTS),
                    _addresses(alternates) if alternates else (),
                    _addresses(former) if former else (),
                )
                for contact_id, key, address, name, language, is_generic, alternates, former in rows
            ]

    def traits(self) -> Mapping[ContactId, tuple[str, str, str, str]]:
        traits = (_contact.organisation, _contact.beat, _contact.region, _contact.media)
        query = select(_contact.id, *traits).where(or_(*(each != "" for each in traits)))
        with self._database.reading() as connection:
            # Plain tuples: a directory has a hundred thousand of them, and this costs a second.
            return {row[0]: row[1:] for row in map(tuple, connection.execute(query))}

    def of_person(self, address: Address) -> Sequence[Contact]:
        with self._database.reading() as connection:
            return people_with(connection, {address.key}).contacts

    def by_address(self, address_keys: Collection[str]) -> Mapping[str, Contact]:
        with self._database.reading() as connection:
            return {
                contact.address.key: contact
                for batch in batches(address_keys, _BATCH)
                for contact in read_contacts(connection, _contact.address_key.in_(batch))
            }

    def find(self, address: Address) -> Contact | None:
        with self._database.reading() as connection:
            return contact_with(connection, address)

    def corrected(self, address_keys: Collection[str]) -> frozenset[str]:
        with self._database.reading() as connection:
            return frozenset(owners_of_former(connection, address_keys))

    def addresses_of_person(self, address: Address) -> Sequence[Address]:
        with self._database.reading() as connection:
            keys = keys_of_person(connection, address)
        others = (Address.parse(key) for key in sorted(keys) if key != address.key)
        return (address, *others)


def _is_on(lists: Sequence[str]) -> ColumnElement[bool]:
    # EXISTS, so that a page checks only the contacts it reads and not the whole list.
    return exists().where(_membership.contact_id == _contact.id, _membership.list.in_(lists))


def _addresses(text: str) -> tuple[Address, ...]:
    return tuple(map(Address.parse, json.loads(text)))


def _all_memberships(connection: Connection) -> dict[ContactId, frozenset[str]]:
    """Return the lists of each contact; contacts on the same lists share one set, to save memory."""
    rows = connection.execute(_MEMBERSHIPS).all()
    shared = {names: frozenset(names.split(_BETWEEN_LISTS)) for names in {row[1] for row in rows}}
    return {contact_id: shared[names] for contact_id, names in rows}


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
    counts: Counter[str] = Counter()
    remembered = _not_forgotten(connection, batch)
    counts["forgotten"] = len(batch) - len(remembered)
    owners = owners_of_former(connection, [contact.key for contact in remembered])
    counts["former"] = sum(contact.key in owners for contact in remembered)
    present = [_at_present_address(contact, owners) for contact in remembered]
    keys = {contact.key for contact in present}
    known = {
        contact.key: contact
        for contact in read_contacts(connection, _contact.address_key.in_(keys))
    }
    saved = dict(known)
    for contact in present:
        old = saved.get(contact.key)
        new = without_repeats(contact) if old is None else merged(old, contact)
        counts["added" if old is None else "unchanged" if new == old else "changed"] += 1
        saved[contact.key] = new
    write_contacts(
        connection,
        added=[contact for key, contact in saved.items() if key not in known],
        changed=[contact for key, contact in saved.items() if known.get(key, contact) != contact],
        at=at,
    )
    return +counts


def _not_forgotten(connection: Connection, batch: Sequence[Contact]) -> list[Contact]:
    """Return the contacts of people who did not ask to be forgotten, under any of their addresses.

    If a desk asked, only that address is left out.
    """
    further = {address.key for contact in batch for address in contact.alternates}
    forgotten = forgotten_among(connection, further | {contact.key for contact in batch})
    if not forgotten:
        return list(batch)
    return [
        replace(
            contact,
            alternates=tuple(each for each in contact.alternates if each.key not in forgotten),
        )
        for contact in batch
        if not is_forgotten(contact, forgotten)
    ]


def _at_present_address(contact: Contact, owners: Mapping[str, Contact]) -> Contact:
    """Return the contact, with the id and the present address of the person if its own is former."""
    owner = owners.get(contact.key)
    return contact if owner is None else replace(contact, id=owner.id, address=owner.address)
