"""The findings of the checks that somebody accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.drafts.accepted_finding import AcceptedFinding
    from mailer.model.team.actor import Actor


class AcceptedFindings(Protocol):
    """The accepted findings of each campaign."""

    def accept(self, accepted: AcceptedFinding, *, actor: Actor) -> None:
        """Record an acceptance; it replaces an earlier one of the same finding. Journalled."""

    def withdraw(self, campaign: str, finding: str, *, actor: Actor, at: datetime) -> bool:
        """Remove an acceptance; returns whether there was one. Journalled."""

    def of_campaign(self, campaign: str) -> Sequence[AcceptedFinding]:
        """Return what was accepted of a campaign, the oldest first."""
