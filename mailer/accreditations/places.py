"""Counts places. They are never stored as counters: what is free is derived from the states."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.team.person import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.campaigns.campaign import AccreditationRules

_ARTICLES = ("le ", "la ", "les ", "l ", "the ")
_NO_OUTLET = frozenset(
    {"independant", "independante", "freelance", "free lance", "pigiste", "journaliste independant"}
    | {"journaliste independante", "journaliste pigiste"}
)
"""What people write who work for no outlet in particular: they do not share a quota."""


def outlet_key(organisation: str) -> str:
    """Return what two spellings of one outlet share; "" for a person without an outlet."""
    words = name_key(organisation)
    if words in _NO_OUTLET:
        return ""
    article = next((each for each in _ARTICLES if words.startswith(each)), "")
    return words.removeprefix(article)


def seats_taken(register: Iterable[Accreditation]) -> Counter[str]:
    """Return the seats that each outlet holds, by its key; "" sums those without an outlet."""
    taken: Counter[str] = Counter()
    for each in register:
        if each.holds_place:
            taken[outlet_key(each.organisation)] += each.seats
    return taken


@dataclass(slots=True)
class Room:
    """What is free in a register, while places are given one after the other."""

    rules: AccreditationRules
    taken: Counter[str]

    @classmethod
    def left(cls, register: Iterable[Accreditation], rules: AccreditationRules) -> Room:
        return cls(rules, seats_taken(register))

    def outlet_has(self, wanted: Accreditation) -> bool:
        """Return whether the outlet may send so many more people."""
        key, limit = outlet_key(wanted.organisation), self.rules.per_outlet
        return limit is None or self._of_outlet(key) + wanted.seats <= limit

    def event_has(self, wanted: Accreditation) -> bool:
        """Return whether the event has so many places left."""
        limit = self.rules.total
        return limit is None or self.taken.total() + wanted.seats <= limit

    def give(self, to: Accreditation) -> None:
        self.taken[outlet_key(to.organisation)] += to.seats

    def _of_outlet(self, key: str) -> int:
        return self.taken[key] if key else 0


@dataclass(frozen=True, slots=True)
class Excess:
    """By how many people a register is over its quotas: in all, and each outlet by its name."""

    total: int
    by_outlet: Mapping[str, int]

    def __bool__(self) -> bool:
        return bool(self.total or self.by_outlet)


def excess(register: Iterable[Accreditation], rules: AccreditationRules) -> Excess:
    """Return by how many the register is over: a quota was lowered, or somebody forced it."""
    register = tuple(register)
    taken = seats_taken(register)
    names = {
        outlet_key(each.organisation): each.organisation for each in register if each.holds_place
    }
    over = {
        names[key]: seats - rules.per_outlet
        for key, seats in taken.items()
        if key and rules.per_outlet is not None and seats > rules.per_outlet
    }
    total = 0 if rules.total is None else max(taken.total() - rules.total, 0)
    return Excess(total, over)
