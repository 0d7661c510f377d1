"""The suspension of everything in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailings.suspension import Suspension
    from mailer.model.team.actor import Actor


class Suspensions(Protocol):
    """Whether everything is suspended. Every mark of a delivery asks for it."""

    def suspend(self, *, actor: Actor, why: str, at: datetime) -> bool:
        """Suspend everything and write a line in the journal. Returns False when it was already."""

    def lift(self, *, actor: Actor, why: str, at: datetime) -> bool:
        """Lift the suspension and write a line in the journal. Returns False when there is none."""

    def present(self) -> Suspension | None:
        """Return the suspension in force, or None."""
