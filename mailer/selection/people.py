"""A directory indexed by people: contacts that are one person, and who has an address.

A person is one contact, or several that have one mailbox: the same main address whatever
its letter case, or one's main address among another's alternates (a desk's excepted, which
many people share).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Generic

from mailer.model.contact import AnyContact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mailer.model.contact import Addressee


@dataclass(frozen=True, slots=True)
class Placed(Generic[AnyContact]):
    """A contact with its place in the order of the audience."""

    place: int
    contact: AnyContact


@dataclass(frozen=True, slots=True)
class IndexedPerson(Generic[AnyContact]):
    """Contacts that are one person, and every address key that is theirs alone."""

    contacts: tuple[Placed[AnyContact], ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """All that decides about a contact without bar or answer."""

    lists: frozenset[str]
    language: str


@dataclass(frozen=True, slots=True)
class People(Generic[AnyContact]):
    """A directory, indexed for any number of rules; made by `index_people`."""

    contacts: Sequence[AnyContact]
    profiles: tuple[Profile, ...]
    """Each combination of lists and language in the directory."""
    profile_numbers: Sequence[int]
    """For each contact, the place of its profile in `profiles`."""
    places: Mapping[str, int]
    """Where the contact of an address key stands; of several with one key, the last."""
    joined: Mapping[str, tuple[IndexedPerson[AnyContact], ...]]
    """By address key, the people with several contacts or addresses."""

    def of_several_contacts(self) -> Iterator[IndexedPerson[AnyContact]]:
        """Return each person who is several contacts, some of them more than once."""
        return (p for people in self.joined.values() for p in people if len(p.contacts) > 1)

    def by_key(self, key: str) -> tuple[IndexedPerson[AnyContact], ...]:
        """Return everybody who is known by this address key."""
        if key in self.joined:
            return self.joined[key]
        place = self.places.get(key)
        if place is None:
            return ()
        return (IndexedPerson((Placed(place, self.contacts[place]),), frozenset({key})),)


def index_people(contacts: Sequence[AnyContact]) -> People[AnyContact]:
    """Index `contacts`, which are the whole directory."""
    keys = [contact.key for contact in contacts]
    places = dict(zip(keys, count()))
    numbers: defaultdict[tuple[frozenset[str], str], int] = defaultdict(count().__next__)
    profile_numbers = [numbers[contact.lists, contact.language] for contact in contacts]
    return People(
        contacts=contacts,
        profiles=tuple(Profile(lists, language) for lists, language in numbers),
        profile_numbers=profile_numbers,
        places=places,
        joined=_joined(contacts, keys, places),
    )


def _joined(
    contacts: Sequence[AnyContact], keys: Sequence[str], mains: Collection[str]
) -> dict[str, tuple[IndexedPerson[AnyContact], ...]]:
    """By address key, the people who are more than one contact with one address."""
    desks = {contact.key for contact in contacts if contact.is_generic}
    leader = _leaders(contacts, keys, mains, desks)
    groups: defaultdict[str, list[Placed[AnyContact]]] = defaultdict(list)
    for place in [place for place, key in enumerate(keys) if key in leader]:
        groups[_lead(leader, keys[place])].append(Placed(place, contacts[place]))
    joined: defaultdict[str, tuple[IndexedPerson[AnyContact], ...]] = defaultdict(tuple)
    for group in groups.values():
        person = IndexedPerson(tuple(group), _keys(group, desks))
        for key in person.keys:
            joined[key] += (person,)
    return dict(joined)


def _leaders(
    contacts: Sequence[Addressee],
    keys: Sequence[str],
    mains: Collection[str],
    desks: Collection[str],
) -> dict[str, str]:
    """Address keys of one person, each naming another of them (a disjoint-set forest)."""
    leader: dict[str, str] = {}
    if len(mains) < len(keys):
        leader = {key: key for key, times in Counter(keys).items() if times > 1}
    for contact in [contact for contact in contacts if contact.alternates]:
        _lead(leader, contact.key)
        for alternate in contact.alternates:
            if alternate.key in mains and alternate.key not in desks:
                leader[_lead(leader, alternate.key)] = _lead(leader, contact.key)
    return leader


def _lead(leader: dict[str, str], key: str) -> str:
    """The key that stands for the whole person."""
    while (above := leader.setdefault(key, key)) != key:
        key = above
    return key


def _keys(group: Iterable[Placed[AnyContact]], desks: Collection[str]) -> frozenset[str]:
    """The addresses by which a person is known: all of them, but no desk's as an alternate."""
    mains = {placed.contact.key for placed in group}
    alternates = {address.key for placed in group for address in placed.contact.alternates}
    return frozenset(mains | alternates.difference(desks))
