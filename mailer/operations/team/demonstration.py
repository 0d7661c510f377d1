"""The team of a demonstration, in which everybody has the same password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.team.actor import PROGRAM

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.operations.team.roster import Roster
    from mailer.operations.team.visitors import Gate

DEMONSTRATION_PASSWORD = "communiqué de presse"  # noqa: S105 - it is shown to everybody
"""For a workspace that is made for a demonstration, and reached from this machine only."""


def open_demonstration(roster: Roster, *, gate: Gate, now: datetime) -> None:
    """Take the people of the example into the ledger, and give the shown password to each who has
    none: in a demonstration that goes on, somebody may have chosen another.
    """
    roster.take_in(now=now)
    known = gate.ledger.sign_ins.with_password()
    hashed = gate.passwords.hash(DEMONSTRATION_PASSWORD)
    for person in (each for each in roster.people() if each.id not in known):
        gate.ledger.sign_ins.set_password(person.id, hashed, keep="", actor=PROGRAM, at=now)
