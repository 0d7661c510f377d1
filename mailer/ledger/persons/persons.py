"""Finds the person behind an address: a contact, its other addresses, and contacts joined to it.

What is known of a person (a refusal, an answer, a delivery) may stand under any of the person's
addresses. `selection.people` defines who is one person; here the part of the directory around a
few addresses is read, so that its index gives the same answer as that of the whole directory.
"""

from __future__ import annotations

from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, union

from mailer.ledger.persons.contact_rows import read_contacts
from mailer.ledger.storage.database import batches
from mailer.ledger.storage.definitions import tables
from mailer.model.address import Address
from mailer.model.contacts.contact import contact_id
from mailer.selection import index_people

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import Connection

    from mailer.model.contacts.contact import Contact, ContactId
    from mailer.selection import People

_contact, _further = tables.contact.c, tables.further_address.c
_BATCH = 500

_MAINS: Any = bindparam("mains", expanding=True)
_WITH_ADDRESS = union(
    select(_contact.id).where(_contact.address_key.in_(_MAINS)),
    select(_further.contact_id).where(_further.address_key.in_(_MAINS), _further.is_former),
    select(_further.contact_id).where(
        _further.address_key.in_(bindparam("further", expanding=True))
    ),
)
"""One statement and not three: a page looks a person up, and a statement costs more than its rows."""


def people_with(connection: Connection, address_keys: Collection[str]) -> People[Contact]:
    """Return an index of everybody who has one of these addresses, with all their contacts."""
    contacts: dict[ContactId, Contact] = {}
    mains, further = set(address_keys), set(address_keys)
    wanted = _ids_with(connection, mains=mains, further=further)
    while wanted:
        read = [
            contact
            for batch in batches(wanted, _BATCH)
            for contact in read_contacts(connection, _contact.id.in_(batch))
        ]
        contacts |= {contact.id: contact for contact in read}
        # A desk's address joins nobody, so that the people who share it are not read.
        personal = [each for each in read if not each.is_generic or each.key in address_keys]
        new_mains = {
            address.key for each in personal for address in (*each.alternates, *each.former)
        } - mains
        new_further = {
            key
            for each in personal
            if not each.is_generic
            for key in (each.key, *(address.key for address in each.former))
        } - further
        mains, further = mains | new_mains, further | new_further
        wanted = _ids_with(connection, mains=new_mains, further=new_further).difference(contacts)
    return index_people(sorted(contacts.values(), key=attrgetter("key")))


def _ids_with(
    connection: Connection, *, mains: Collection[str], further: Collection[str]
) -> set[ContactId]:
    """Return the ids of contacts with one of `mains` as main or former address, or one of `further`
    as a former or alternate one.
    """
    ids: set[ContactId] = set()
    for some, others in zip_longest(batches(mains, _BATCH), batches(further, _BATCH), fillvalue=()):
        ids |= set(connection.scalars(_WITH_ADDRESS, {"mains": some, "further": others}))
    return ids


def keys_of_person(connection: Connection, address: Address) -> frozenset[str]:
    """Return the address keys of the one person who has `address`; see `People.keys_of`."""
    return people_with(connection, {address.key}).keys_of(address.key)


# Built once: every suppression asks for the owner of its address.
_KEYS: Any = bindparam("keys", expanding=True)
_MAIN = select(_contact.address_key).where(_contact.address_key.in_(_KEYS))
_FORMER = select(_further.address_key, _further.contact_id).where(
    _further.is_former, _further.address_key.in_(_KEYS)
)
_KNOWN_IDS = select(_contact.id).where(_contact.id.in_(bindparam("ids", expanding=True)))


def owners_of_former(connection: Connection, address_keys: Iterable[str]) -> Mapping[str, Contact]:
    """Return, for those of these keys that are nobody's main address, the contact whose former
    address each is.

    The id of a contact is made from its first address, so that this one is known in any case.
    """
    keys = set(address_keys)
    first_ids = {contact_id(Address.parse(key)): key for key in keys}
    owners: dict[str, ContactId] = {}
    for batch in batches(tuple(keys), _BATCH):
        keys -= set(connection.scalars(_MAIN, {"keys": batch}))
        former = connection.execute(_FORMER, {"keys": batch})
        owners |= {row.address_key: row.contact_id for row in former}
    for ids in batches(first_ids, _BATCH):
        for owner in connection.scalars(_KNOWN_IDS, {"ids": ids}):
            owners.setdefault(first_ids[owner], owner)
    contacts = {
        contact.id: contact
        for batch in batches({owners[key] for key in keys & owners.keys()}, _BATCH)
        for contact in read_contacts(connection, _contact.id.in_(batch))
    }
    return {key: contacts[owners[key]] for key in keys & owners.keys()}


def contact_with(connection: Connection, address: Address) -> Contact | None:
    """Return the contact whose main or former address this is; a main address comes first."""
    mains = read_contacts(connection, _contact.address_key == address.key)
    return mains[0] if mains else owners_of_former(connection, [address.key]).get(address.key)
