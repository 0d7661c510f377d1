"""Who is at the desk: a person with their session; and what a sign-in needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailer.model.team.actor import Via, actor_for
from mailer.operations.team.attempts import FREE_FROM_ONE_PLACE, Attempts

if TYPE_CHECKING:
    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person, Role
    from mailer.model.team.sign_in import DeskSession
    from mailer.operations.team.passwords import Passwords
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class Gate:
    """What a sign-in needs: the ledger, the comparison of passwords, and the count of tries."""

    ledger: Ledger
    passwords: Passwords
    attempts: Attempts
    second_factor_for: frozenset[Role] = frozenset()
    """The roles whose people need a second factor."""
    places: Attempts = field(default_factory=lambda: Attempts(free=FREE_FROM_ONE_PLACE))
    """The count of wrong passwords from each network address."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person and their session. `token` goes into the cookie, and is known only here."""

    person: Person
    session: DeskSession
    token: str = field(repr=False)

    @property
    def actor(self) -> Actor:
        """The person as the one who acts."""
        return actor_of(self.person, self.session)


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person whose browser this is. The session may have ended: see `is_open`."""

    person: Person
    session: DeskSession
    is_open: bool

    @property
    def actor(self) -> Actor:
        """The person as the one who acts; only while the session is open."""
        return actor_of(self.person, self.session)


def actor_of(person: Person, session: DeskSession) -> Actor:
    """Return a person of the desk as the one who acts."""
    return actor_for(person, via=Via.DESK, proved_at=session.proved_at)
