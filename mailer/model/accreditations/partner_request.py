"""What another institution asks the office: a place for somebody whom it knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.accreditations.accreditation import NO_CARD, PressCard

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.accreditations.accreditation import AccreditationState
    from mailer.model.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRequest:
    """A place that a partner of a campaign asks for. It is no entry of the register.

    `partner` is the institution as the campaign's file names it; `person`, `by` and `at` tell who
    asked and when. `decision` is the state that the office gave the person, or `REFUSED`; None as
    long as nobody has decided. `id` is 0 until the request is stored.
    """

    campaign: str
    partner: str
    address: Address
    name: str
    organisation: str
    person: str
    by: str
    at: datetime
    seats: int = 1
    is_freelance: bool = False
    card: PressCard = NO_CARD
    id: int = 0
    decision: AccreditationState | None = None
    reason: str = ""
    """Why the office refused."""
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.decision is None
