"""Names the person who acts, and the interface through which the act came in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.team.person import Person, Role


class Via(StrEnum):
    """The interface through which an act came in."""

    CLI = "cli"
    DESK = "desk"
    LINK = "link"
    """The reader of a message acted by the signed link in it."""
    PROGRAM = "program"
    """The program acted by itself, without a person."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts. The journal keeps the id, which never changes, and the name of that day.

    `person` is empty for the program itself and in a workspace that names nobody. `proved_at` is
    when a person at the desk last proved who they are, by typing their password.
    """

    person: str
    name: str
    via: Via
    roles: frozenset[Role] = frozenset()
    proved_at: datetime | None = None
    lists: frozenset[str] = frozenset()
    """The contact lists to which this person is limited; empty for every list."""


def actor_for(person: Person, *, via: Via, proved_at: datetime | None = None) -> Actor:
    """Return a person of the workspace as the one who acts."""
    return Actor(person.id, person.name, via, person.roles, proved_at, person.lists)


PROGRAM = Actor(person="", name="mailer", via=Via.PROGRAM)
"""The program itself, where no person acts. It has no role: it is not asked for permission."""

READER = Actor(person="", name="reader", via=Via.LINK)
"""Whoever holds the link of a message. It has no role, and acts for the message's recipient only."""
