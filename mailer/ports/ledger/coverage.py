"""What the press has published about a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.reports.coverage import Coverage
    from mailer.model.team.actor import Actor


class CoverageLog(Protocol):
    """The articles and broadcasts about each campaign, as the office noted them."""

    def add(self, noted: Coverage, *, actor: Actor) -> None:
        """Record one, under the next number, and write a line in the journal."""

    def remove(self, campaign: str, number: int, *, actor: Actor, at: datetime) -> bool:
        """Remove one that was noted by mistake; returns whether it was there. Journalled."""

    def of_campaign(self, campaign: str) -> Sequence[Coverage]:
        """Return what was published about a campaign, by day and outlet."""
