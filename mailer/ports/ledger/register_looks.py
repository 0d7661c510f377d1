"""When the answers to a campaign were last looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.accreditations.accreditation import AnswerSources
    from mailer.model.team.actor import Actor


class RegisterLooks(Protocol):
    """Who looked at the register of a campaign, so that reminders may rely on it."""

    def confirm(self, campaign: str, *, actor: Actor, at: datetime) -> None:
        """Record that a person has looked at every answer, and write a line in the journal."""

    def sources(self, campaign: str) -> AnswerSources:
        """Return when each source of the answers to a campaign was last looked at."""
