"""The people that the workspace knows: those of config.toml and those of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.model.team.actor import PROGRAM
from mailer.model.team.person import Role, SigningTeam, name_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.team.person import Person
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of the workspace. The ledger is right about everybody whom it knows.

    `configured` are the people of config.toml, and `signing` those of them who may sign off.
    """

    configured: tuple[Person, ...]
    signing: tuple[Person, ...]
    ledger: Ledger

    def people(self) -> tuple[Person, ...]:
        """Return everybody, disabled people included."""
        known = self.ledger.team.people()
        return (*known, *self._only_configured(known))

    def signing_team(self) -> SigningTeam:
        """Return who signs off, in the office and elsewhere."""
        known = self.ledger.team.people()
        configured = self._only_configured(known)
        new = {each.id for each in configured}
        return SigningTeam(
            signatories=(
                *(each for each in known if each.is_enabled and Role.SIGNATORY in each.roles),
                *(each for each in self.signing if each.id in new),
            ),
            partners=tuple(each for each in (*known, *configured) if each.is_partner),
        )

    def signatories(self) -> tuple[Person, ...]:
        """Return who may sign off today. It is empty where nobody is named and any name signs."""
        return self.signing_team().signatories

    def partners(self) -> tuple[Person, ...]:
        """Return the people of other institutions, disabled people included."""
        return self.signing_team().partners

    def take_in(self, *, now: datetime) -> Sequence[Person]:
        """Add the people of config.toml to the ledger, which then rules about them. Journalled.

        Returns those who were added. Where `sign_off` names who signs, others with the role of a
        signatory become editors, because the ledger has no such second list.
        """
        new = [self._as_taken_in(each) for each in self._only_configured(self.ledger.team.people())]
        return self.ledger.team.add(new, actor=PROGRAM, at=now) if new else ()

    def _only_configured(self, known: Sequence[Person]) -> list[Person]:
        names = {name_key(name) for each in known for name in (each.id, each.name)}
        return [
            each
            for each in self.configured
            if name_key(each.id) not in names and name_key(each.name) not in names
        ]

    def _as_taken_in(self, person: Person) -> Person:
        if Role.SIGNATORY not in person.roles or person in self.signing:
            return person
        return replace(person, roles=person.roles - {Role.SIGNATORY} | {Role.EDITOR})
