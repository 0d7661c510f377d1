"""The places that partners ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.accreditations.partner_request import PartnerRequest
    from mailer.model.team.actor import Actor


class PartnerRequests(Protocol):
    """What partners ask for, beside the registers. `Accreditations.revise` accepts a request."""

    def add(self, request: PartnerRequest, *, actor: Actor) -> int | None:
        """Store a request and return its id; None when the institution has asked for the person
        already, and was not refused. Journalled.
        """

    def refuse(
        self, campaign: str, request: int, *, reason: str, actor: Actor, at: datetime
    ) -> bool:
        """Refuse a request; returns False when the campaign has no such open one. Journalled."""

    def of_campaign(self, campaign: str) -> Sequence[PartnerRequest]:
        """Return the requests for a campaign, the oldest first."""

    def open(self) -> Sequence[PartnerRequest]:
        """Return the undecided requests for all campaigns, the oldest first."""
