"""Indexes a directory by person: which contacts are one person, and who has an address.

Contacts are one person when they have the same main address, in any letter case, or when the
main address of one, or one of its former addresses, is an alternate address of another. The
address of a desk (`is_generic`), which many people share, does not join them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Generic, NamedTuple

from mailer.model.contacts.contact import AnyContact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mailer.model.contacts.contact import Addressee


@dataclass(frozen=True, slots=True)
class IndexedContact(Generic[AnyContact]):
    """A contact with its index in the order of the audience."""

    index: int
    contact: AnyContact


class IndexedPerson(NamedTuple, Generic[AnyContact]):
    """The contacts of one person, and the address keys that belong to nobody else."""

    contacts: tuple[IndexedContact[AnyContact], ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """What decides about a contact that has no suppression and no accreditation."""

    lists: frozenset[str]
    language: str


@dataclass(frozen=True, slots=True)
class People(Generic[AnyContact]):
    """A directory that `index_people` has indexed, for any number of rules."""

    contacts: Sequence[AnyContact]
    profiles: tuple[Profile, ...]
    """Each combination of lists and language in the directory."""
    profile_numbers: Sequence[int]
    """For each contact, the index of its profile in `profiles`."""
    indexes: Mapping[str, int]
    """The index of the contact with an address key; of several with one key, the last."""
    joined: Mapping[str, tuple[IndexedPerson[AnyContact], ...]]
    """By address key, the people with several contacts or addresses."""

    def of_several_contacts(self) -> Iterator[IndexedPerson[AnyContact]]:
        """Yield the people who have several contacts; a person may come more than once."""
        return (p for people in self.joined.values() for p in people if len(p.contacts) > 1)

    def by_key(self, key: str) -> tuple[IndexedPerson[AnyContact], ...]:
        """Return the people who have this address key."""
        if key in self.joined:
            return self.joined[key]
        index = self.indexes.get(key)
        if index is None:
            return ()
        return (IndexedPerson((IndexedContact(index, self.contacts[index]),), frozenset({key})),)

    def keys_of(self, key: str) -> frozenset[str]:
        """Return the address keys of the one person who has this one. It is only `key` itself when
        nobody has it, or several people share it.
        """
        people = self.by_key(key)
        return people[0].keys if len(people) == 1 else frozenset({key})


def index_people(contacts: Sequence[AnyContact]) -> People[AnyContact]:
    """Index `contacts`, which must be the whole directory."""
    keys = [contact.key for contact in contacts]
    indexes = dict(zip(keys, count()))
    numbers: defaultdict[tuple[frozenset[str], str], int] = defaultdict(count().__next__)
    profile_numbers = [numbers[contact.lists, contact.language] for contact in contacts]
    return People(
        contacts=contacts,
        profiles=tuple(Profile(lists, language) for lists, language in numbers),
        profile_numbers=profile_numbers,
        indexes=indexes,
        joined=_joined(contacts, keys, indexes),
    )


def _joined(
    contacts: Sequence[AnyContact], keys: Sequence[str], mains: Collection[str]
) -> dict[str, tuple[IndexedPerson[AnyContact], ...]]:
    """Return, by address key, the people who have more than one contact or address."""
    desks = {contact.key for contact in contacts if contact.is_generic}
    parents = _parents(contacts, keys, mains, desks)
    groups: defaultdict[str, list[IndexedContact[AnyContact]]] = defaultdict(list)
    for index in [index for index, key in enumerate(keys) if key in parents]:
        groups[_root(parents, keys[index])].append(IndexedContact(index, contacts[index]))
    joined: defaultdict[str, tuple[IndexedPerson[AnyContact], ...]] = defaultdict(tuple)
    for group in groups.values():
        person = IndexedPerson(tuple(group), _keys(group, desks))
        for key in person.keys:
            joined[key] += (person,)
    return dict(joined)


def _parents(
    contacts: Sequence[Addressee],
    keys: Sequence[str],
    mains: Collection[str],
    desks: Collection[str],
) -> dict[str, str]:
    """Return a disjoint-set forest of address keys: the keys of one person share a root."""
    parents = {key: key for key, times in Counter(keys).items() if times > 1}
    renamed = {former.key: each.key for each in contacts if each.former for former in each.former}
    for contact in [contact for contact in contacts if contact.alternates or contact.former]:
        _root(parents, contact.key)
        for address in (*contact.alternates, *contact.former):
            main = address.key if address.key in mains else renamed.get(address.key, "")
            if main in mains and main not in desks:
                parents[_root(parents, main)] = _root(parents, contact.key)
    return parents


def _root(parents: dict[str, str], key: str) -> str:
    """Return the root of an address key, which identifies the person."""
    while (parent := parents.setdefault(key, key)) != key:
        key = parent
    return key


def _keys(group: Iterable[IndexedContact[AnyContact]], desks: Collection[str]) -> frozenset[str]:
    """Return all address keys of a person, but no desk's address that is only a further one."""
    contacts = [indexed.contact for indexed in group]
    mains = {contact.key for contact in contacts}
    further = {
        address.key for contact in contacts for address in (*contact.alternates, *contact.former)
    }
    return frozenset(mains | further.difference(desks))
