"""Who does something, and through which door."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.person import Role


class Via(StrEnum):
    """The way an act came in."""

    CLI = "cli"
    DESK = "desk"
    PROGRAM = "program"
    """No person acted: the program did by itself."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. The journal keeps the id, which lasts, and the name as it was at the time.

    `person` is empty for the program itself and in a workspace that names nobody.
    """

    person: str
    name: str
    via: Via
    roles: frozenset[Role] = frozenset()


PROGRAM = Actor(person="", name="mailer", via=Via.PROGRAM)
"""The program itself, where no person acts. It has no role: it is not asked for permission."""
