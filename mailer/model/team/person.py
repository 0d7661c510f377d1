"""The people of the press office, and their roles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address

_FULL_NAME = 2
"""A given name and a family name."""
_LONGEST_INITIAL = 2
_TITLES = frozenset(
    [
        "m",
        "mr",
        "mme",
        "mlle",
        "mrs",
        "ms",
        "miss",
        "dr",
        "pr",
        "prof",
        "madame",
        "monsieur",
        "mademoiselle",
        "docteur",
        "professeur",
    ]
)


class Role(StrEnum):
    """What a person of the workspace does there; one person may have several roles."""

    READER = "reader"
    EDITOR = "editor"
    SIGNATORY = "signatory"
    ADMINISTRATOR = "administrator"
    PARTNER = "partner"
    """The press office of another institution; it sees only the campaigns that name it."""


def is_partner(roles: frozenset[Role]) -> bool:
    """Return whether these are the roles of another institution.

    Whoever has a role of the office as well belongs to the office.
    """
    return roles == {Role.PARTNER}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the workspace knows. `id` stays when the name changes; both are unique.

    `language` is that of the desk's pages; empty means the office's. Somebody with `disabled_at`
    may do nothing, but stays known, because the journal names them.
    """

    id: str
    name: str
    roles: frozenset[Role]
    address: Address | None = None
    language: str = ""
    disabled_at: datetime | None = None
    lists: frozenset[str] = frozenset()
    """The contact lists to which this person is limited; empty for every list."""

    @property
    def is_enabled(self) -> bool:
        return self.disabled_at is None

    @property
    def is_partner(self) -> bool:
        return is_partner(self.roles)

    @property
    def is_administrator(self) -> bool:
        """Return whether this person may manage the others today."""
        return self.is_enabled and Role.ADMINISTRATOR in self.roles

    def is_called(self, text: str) -> bool:
        """Return whether `text` is the id, or a spelling of the name (see `is_same_name`)."""
        return name_key(text) == name_key(self.id) or is_same_name(text, self.name)


class PersonChange(StrEnum):
    """What became of a change to a person."""

    DONE = "done"
    STALE = "stale"
    """Somebody else changed the person meanwhile."""
    ADDRESS_TAKEN = "address-taken"
    LAST_ADMINISTRATOR = "last-administrator"
    """No enabled administrator would be left."""


def is_same_name(text: str, other: str) -> bool:
    """Return whether two texts are spellings of one name: `C. Delmas`, `DELMAS Claire`.

    Accents, letter case, titles, the order of the words and further given names do not matter,
    and given names may be initials. One word alone is the same as itself only.
    """
    first, second = _words(text), _words(other)
    if first == second:
        return bool(first)
    if min(len(first), len(second)) < _FULL_NAME:
        return False
    common = [word for word in first if word in second and len(word) > 1]
    shorter, longer = sorted(
        ([word for word in words if word not in common] for words in (first, second)), key=len
    )
    return bool(common) and _abbreviates(shorter, longer)


def may_be_same_person(text: str, other: str) -> bool:
    """Return whether two names may be those of one person: also if one is a part of the other."""
    first, second = set(_words(text)), set(_words(other))
    return is_same_name(text, other) or first <= second or second <= first


def _abbreviates(shorter: list[str], longer: list[str]) -> bool:
    """Return whether each word of `shorter` is the initial of one of `longer`.

    If they are as long as each other, the initials may be on either side.
    """
    if not shorter or "".join(word[0] for word in longer) in shorter:
        return True
    is_even = len(shorter) == len(longer)
    return all(
        any(_is_initial(word, whole) or (is_even and _is_initial(whole, word)) for whole in longer)
        for word in shorter
    )


def _is_initial(word: str, whole: str) -> bool:
    """Return whether `word` stands for `whole`: `C.`, or `Ch.` for Charles."""
    return len(word) <= _LONGEST_INITIAL and whole.startswith(word)


def _words(name: str) -> list[str]:
    """Return the words of a name in alphabetical order, without titles."""
    words = name_key(name).split()
    return sorted([word for word in words if word not in _TITLES] or words)


def name_key(text: str) -> str:
    """Return `text` as names are compared: its words, without accents and letter case.

    Signs between words do not count, so that “C. Delmas” is `c.delmas`.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.findall(r"[^\W_]+", plain))


class SigningTeam(NamedTuple):
    """Those of the office who may sign off today, and the people of other institutions, disabled
    people included. Nobody of the office means that any name signs.
    """

    signatories: tuple[Person, ...] = ()
    partners: tuple[Person, ...] = ()
