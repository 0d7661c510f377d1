"""Erases a person (GDPR art. 17): all that names them; counts and a keyed hash stay.

The hash keeps imports from bringing the address back. Without the ledger's key nobody can try
addresses against it; with the key, only one by one.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, delete, func, or_, select, union_all, update

from mailer.contacts.role_addresses import is_role
from mailer.ledger.accreditations.partner_requests import erase_from_requests
from mailer.ledger.campaigns.comments import erase_from_comments
from mailer.ledger.feedback.unknown_mails import erase_letters
from mailer.ledger.mailings.signed_steps import erase_from_signed_steps
from mailer.ledger.persons.persons import contact_with, people_with
from mailer.ledger.persons.suppressions import add_suppression
from mailer.ledger.storage.backups import replace_backups
from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.call_tables import phone_call
from mailer.ledger.storage.definitions.export_tables import exported_file
from mailer.ledger.storage.definitions.register_tables import accreditation_change
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.journal_lines import LINES, entry_of, replace_words
from mailer.ledger.storage.json_values import contact_to_json
from mailer.model.address import Address
from mailer.model.contacts.contact import ERASED, Contact, ContactId, contact_id
from mailer.model.contacts.suppression import Suppression, SuppressionReason
from mailer.model.mailings.delivery import UNSENT, DeliveryStatus
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor

_event, _delivery = tables.event.c, tables.delivery.c
_BATCH = 500


class SqlErasure:
    """Erases people who asked to be forgotten, and knows their addresses by a keyed hash."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def forget(self, address: Address, *, actor: Actor, why: str, at: datetime) -> bool:
        with self._database.writing() as connection:
            key = _key(connection, make=True)
            hashed = _hashed(key, address.key)
            contact = _contact_to_erase(connection, address)
            own = [address]
            if contact is not None:
                own += _addresses_of(connection, contact)
                _bar_joined(connection, contact, actor=actor, at=at)
            known, rewritten = False, dict[int, str]()
            for each in {each.key: each for each in own}.values():
                mark = _hashed(key, each.key)
                known |= _erase(connection, each, mark)
                rewritten |= _erase_from_journal(connection, each, mark)
                connection.execute(
                    insert(connection, tables.forgotten)
                    .values(mark=mark, at=at)
                    .on_conflict_do_nothing(index_elements=["mark"])
                )
            connection.execute(
                delete(exported_file)
            )  # each may name them; they are asked for again
            write_entry(
                connection,
                at=at,
                actor=actor,
                action="forget",
                subject=hashed[:16],
                detail=why,
                rewritten=rewritten,
            )
        replace_backups(self._database, at=at)
        return known

    def is_forgotten(self, address: Address) -> bool:
        with self._database.reading() as connection:
            return bool(forgotten_among(connection, [address.key]))

    def forgotten_among(self, address_keys: Collection[str]) -> frozenset[str]:
        with self._database.reading() as connection:
            return frozenset(forgotten_among(connection, address_keys))


def forgotten_among(connection: Connection, address_keys: Iterable[str]) -> set[str]:
    """Return those of `address_keys` whose owners asked to be forgotten."""
    key = _key(connection, make=False)
    if not key:
        return set()
    # Until migration 0017 keys were folded: ß was hashed as ss.
    by_hash = {
        _hashed(key, spelling): each
        for each in address_keys
        for spelling in {each, each.casefold()}
    }
    hashes, found = list(by_hash), set()
    for start in range(0, len(hashes), _BATCH):
        query = select(tables.forgotten.c.mark).where(
            tables.forgotten.c.mark.in_(hashes[start : start + _BATCH])
        )
        found |= {by_hash[each] for each in connection.scalars(query)}
    return found


def _hashed(key: bytes, address_key: str) -> str:
    return hmac.new(key, address_key.encode(), hashlib.sha256).hexdigest()


def _key(connection: Connection, *, make: bool) -> bytes:
    """Return the ledger's key for these hashes. When there is none, create it (`make`) or return
    an empty key.
    """
    query = select(tables.erasure_key.c.key)
    key = connection.scalar(query)
    if key is None and make:
        connection.execute(
            insert(connection, tables.erasure_key)
            .values(id=1, key=secrets.token_bytes(32))
            .on_conflict_do_nothing(index_elements=["id"])
        )
        key = connection.scalar(query)
    return key or b""


def _contact_to_erase(connection: Connection, address: Address) -> Contact | None:
    """Return the contact with this main or former address, or else the only one that has it as an
    alternate address. A desk's address belongs to several people, so that it stands for none.
    """
    contact = contact_with(connection, address)
    people = people_with(connection, {address.key}).by_key(address.key)
    if contact is not None or len(people) != 1 or is_role(address.local):
        return contact
    return next(
        (
            each.contact
            for each in people[0].contacts
            if address.key in {alternate.key for alternate in each.contact.alternates}
        ),
        None,
    )


def _addresses_of(connection: Connection, contact: Contact) -> list[Address]:
    """Return the addresses that belong to this contact alone: no desk's and no other contact's."""
    alternates = {each.key: each for each in contact.alternates if not is_role(each.local)}
    further = tables.further_address.c
    shared = connection.scalars(
        union_all(
            select(further.address_key).where(
                further.address_key.in_(alternates), further.contact_id != contact.id
            ),
            select(tables.contact.c.address_key).where(
                tables.contact.c.address_key.in_(alternates)
            ),
        )
    ).all()
    own = (alternates[key] for key in alternates.keys() - set(shared))
    return [contact.address, *contact.former, *own]


def _bar_joined(connection: Connection, contact: Contact, *, actor: Actor, at: datetime) -> None:
    """Bar the other contacts of the same person.

    They may be somebody else who shares an address, so that they are not erased: a person decides.
    """
    for person in people_with(connection, {contact.key}).by_key(contact.key):
        for each in person.contacts:
            if each.contact.id != contact.id:
                bar = Suppression(
                    each.contact.address,
                    SuppressionReason.DO_NOT_CONTACT,
                    since=at,
                    evidence=as_note(_("asked to be forgotten under another address")),
                    by=actor.name,
                )
                add_suppression(connection, bar, actor=actor, at=at)


def _erase(connection: Connection, address: Address, hashed: str) -> bool:
    """Erase an address from every table; returns whether there was anything to erase."""
    nobody = _nobody(hashed)
    theirs = select(_delivery.id).where(_delivery.address_key == address.key)
    unsent = (_delivery.address_key == address.key) & _delivery.status.in_(UNSENT)
    blank = {"address": nobody, "address_key": nobody}
    about = or_(_event.address_key == address.key, _event.delivery_id.in_(theirs))
    changes = (
        delete(tables.proposal).where(
            tables.proposal.c.event_id.in_(select(_event.id).where(about))
        ),
        update(tables.event).where(about).values(**blank, quote="", raw=b""),
        update(tables.delivery).where(unsent).values(status=DeliveryStatus.SUPPRESSED.value),
        update(tables.delivery)
        .where(_delivery.address_key == address.key)
        .values(**blank, name="", fields={}, contact_id=ERASED, reply=""),
        *(
            delete(table).where(table.c.address_key == address.key)
            for table in (
                *(tables.contact, tables.suppression, tables.accreditation),
                *(accreditation_change, phone_call),
            )
        ),
    )
    erase_from_signed_steps(connection, _contact_ids(connection, address))
    count = sum(connection.execute(change).rowcount for change in changes)
    count += _erase_mentions(connection, address, Address.parse(nobody))
    count += _erase_from_registers(connection, address)
    count += erase_from_requests(connection, address)
    count += erase_letters(connection, address.key)
    erase_from_comments(connection, address, nobody)
    return count > 0


def _nobody(hashed: str) -> str:
    """Return the address that stands in the place of one that was erased."""
    return f"{hashed[:32]}@forgotten.invalid"


def _contact_ids(connection: Connection, address: Address) -> frozenset[ContactId]:
    """Return the ids under which somebody with this address may be known."""
    found = connection.scalars(
        select(tables.contact.c.id).where(tables.contact.c.address_key == address.key)
    )
    return frozenset({contact_id(address), *map(ContactId, found)})


def _erase_from_journal(connection: Connection, address: Address, hashed: str) -> dict[int, str]:
    """Replace the address in every line of the journal that names it, in any letter case.

    Returns the hashes of the new words: see `replace_words`.
    """
    spelling = re.compile(re.escape(str(address)), re.IGNORECASE)
    naming = or_(
        *(
            func.lower(column).contains(str(address).lower(), autoescape=True)
            for column in (tables.journal.c.subject, tables.journal.c.detail)
        )
    )
    lines = [entry_of(row) for row in connection.execute(LINES.where(naming)).all()]
    erased = partial(spelling.sub, _nobody(hashed))
    return {
        line.id: replace_words(
            connection, replace(line, subject=erased(line.subject), detail=erased(line.detail))
        )
        for line in lines
    }


def _erase_from_registers(connection: Connection, address: Address) -> int:
    """Erase the address from the entries of those who come in its place, and from their history."""
    entry, change = tables.accreditation.c, accreditation_change.c
    named = connection.execute(
        update(tables.accreditation)
        .where(func.lower(entry.in_place_of) == address.key)
        .values(in_place_of="")
    ).rowcount
    for column in (change.before, change.after):
        theirs = func.lower(column["in_place_of"].as_string()) == address.key
        for row in connection.execute(select(change.id, column).where(theirs)).all():
            connection.execute(
                update(accreditation_change)
                .where(change.id == row.id)
                .values({column.name: row[1] | {"in_place_of": ""}})
            )
    return named


def _erase_mentions(connection: Connection, address: Address, nobody: Address) -> int:
    """Erase the address from exclusions and from other contacts' alternate addresses; returns
    how many rows named it.
    """
    exclusion, contact = tables.exclusion, tables.contact
    excluded = connection.execute(
        select(exclusion.c.mailing_id, exclusion.c.place).where(
            func.lower(exclusion.c.contact["address"].as_string()) == address.key
        )
    ).all()
    for row in excluded:
        connection.execute(
            update(exclusion)
            .where(exclusion.c.mailing_id == row.mailing_id, exclusion.c.place == row.place)
            .values(contact=contact_to_json(Contact(ERASED, nobody)))
        )
    with_alternate = connection.execute(
        select(contact.c.id, contact.c.alternates).where(
            func.lower(cast(contact.c.alternates, String)).contains(address.key, autoescape=True)
        )
    ).all()
    for row in with_alternate:
        others = [text for text in row.alternates if Address.parse(text).key != address.key]
        connection.execute(update(contact).where(contact.c.id == row.id).values(alternates=others))
    further = tables.further_address
    connection.execute(delete(further).where(further.c.address_key == address.key))
    return len(excluded) + len(with_alternate)
