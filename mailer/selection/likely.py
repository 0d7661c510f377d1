"""Finds the contacts who may have answered from an address that nobody in the directory has.

People answer from a private address, and offices mistype one. A likeness proves nothing: it is
shown to a person, who decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from mailer.model.team.person import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.address import Address
    from mailer.model.contacts.contact import Addressee, AnyContact, Contact
    from mailer.selection.people import People

_FIGURES = re.compile(r"\d+")
_SHORT = 4
"""A local part or a word of this length or less says little: `ana`, `info`."""


@dataclass(frozen=True)
class Stranger:
    """Somebody who wrote from an address that nobody in the directory has."""

    address: Address
    name: str = ""
    organisation: str = ""

    @cached_property
    def local(self) -> str:
        return self.address.key.rpartition("@")[0]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the name, or else those that the address is made of: `ana.petit`."""
        return _words(self.name) or _words(self.local)

    @cached_property
    def address_words(self) -> frozenset[str]:
        return _words(self.local)


def strangers(register: Iterable[Accreditation], people: People[AnyContact]) -> list[Accreditation]:
    """Return the answers from addresses that nobody has, unless a person said that they are new."""
    return [
        each
        for each in register
        if not each.is_newcomer
        and each.address.key not in people.indexes
        and each.address.key not in people.joined
    ]


def candidates(
    wanted: Sequence[Stranger], contacts: Iterable[AnyContact]
) -> Iterator[tuple[Stranger, AnyContact]]:
    """Yield the pairs worth a closer look by `is_likely`.

    The contacts are passed through once, whatever the number of strangers. A common first name or
    a large provider alone makes no pair.
    """
    by_hint: defaultdict[str, list[Stranger]] = defaultdict(list)
    for stranger in wanted:
        for hint in _hints_of_stranger(stranger):
            by_hint[hint].append(stranger)
    for contact in contacts:
        found = [each for hint in _hints(contact) for each in by_hint.get(hint, ())]
        for stranger in dict.fromkeys(found):
            yield stranger, contact


def _hints_of_stranger(stranger: Stranger) -> set[str]:
    domain, words = stranger.address.domain, stranger.words | stranger.address_words
    return {
        *_pairs(stranger.words),
        *_pairs(stranger.address_words),
        *_parts(stranger.local, domain),
        *(f"{word}@{domain}" for word in words),
        *(words if stranger.organisation else ()),
        f"{stranger.local}@",
        f"={stranger.local}",
    }


def _hints(contact: Addressee) -> set[str]:
    local, _at, domain = contact.key.rpartition("@")
    words = _FIGURES.sub(" ", name_key(contact.name)).split()
    family = words[-1] if words else ""
    return {
        *_pairs(frozenset(words) or _words(local)),
        *_parts(local, domain),
        *((f"{family}@{domain}", family) if family else ()),
        f"{local}@",
        *(f"={spelling}" for spelling in _spellings(contact.name)),
    }


def _pairs(words: frozenset[str]) -> Iterator[str]:
    """Yield each pair of words as one text, whatever their order."""
    return (f"{one} {other}" for one, other in combinations(sorted(words), 2))


def _parts(local: str, domain: str) -> tuple[str, str]:
    """Return the beginning and the end of a local part: a slip leaves one of them as it was."""
    return f"{local[:2]}-@{domain}", f"-{local[-2:]}@{domain}"


def is_likely(stranger: Stranger, contact: Contact) -> bool:
    """Return whether the contact may be this person."""
    if _is_slip(stranger.address.key, contact.key):
        return True
    return not contact.is_generic and (
        _has_same_local(stranger, contact)
        or _has_same_name(stranger, contact)
        or _is_of_same_outlet_and_family(stranger, contact)
    )


def _has_same_local(stranger: Stranger, contact: Contact) -> bool:
    local = contact.key.rpartition("@")[0]
    return len(local) > _SHORT and local == stranger.local


def _has_same_name(stranger: Stranger, contact: Contact) -> bool:
    """Return whether the names have two words or more in common, and one has no others; or the
    unknown address is made of the contact's name.
    """
    known = _words(contact.name) or _words(contact.key.rpartition("@")[0])
    shared = {word for word in stranger.words & known if len(word) > 1}
    if len(shared) > 1 and shared in (known, stranger.words):
        return True
    is_made_of_name = known <= stranger.address_words or stranger.local in _spellings(contact.name)
    return len(known) > 1 and is_made_of_name


def _is_of_same_outlet_and_family(stranger: Stranger, contact: Contact) -> bool:
    domain = contact.key.rpartition("@")[2]
    is_same_outlet = domain == stranger.address.domain or (
        bool(stranger.organisation)
        and name_key(stranger.organisation) == name_key(contact.organisation)
    )
    family = _words(contact.last_name)
    return is_same_outlet and bool(family) and family <= stranger.words | stranger.address_words


def _is_slip(one: str, other: str) -> bool:
    """Return whether two addresses differ by a slip: in one half only, and by few letters."""
    local, _at, domain = one.rpartition("@")
    other_local, _at, other_domain = other.rpartition("@")
    if domain == other_domain:
        limit = 2 if min(len(local), len(other_local)) > 2 * _SHORT else 1
        return min(len(local), len(other_local)) > 2 and _distance(local, other_local) <= limit
    return local == other_local and _distance(domain, other_domain) <= 2


def _distance(one: str, other: str) -> int:
    """Return how many letters must be put in, left out, replaced or swapped with the next."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _words(text: str) -> frozenset[str]:
    return frozenset(_FIGURES.sub(" ", name_key(text)).split())


def _spellings(name: str) -> set[str]:
    """Return how a local part may be made of a name: `anapetit`, `apetit`, `petita`."""
    words = name_key(name).split()
    if len(words) < 2:
        return set()
    first, last = words[0], "".join(words[1:])
    pairs = ((first, last), (first[0], last), (last, first), (last, first[0]))
    return {f"{one}{sign}{other}" for one, other in pairs for sign in ("", ".", "_", "-")}
