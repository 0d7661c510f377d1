"""The register that reminders obey."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address


class AccreditationState(StrEnum):
    """What somebody answered, and what was decided."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    ATTENDED = "attended"


@dataclass(frozen=True, slots=True)
class Accreditation:
    """One line of a campaign's register; one address has at most one."""

    campaign: str
    address: Address
    state: AccreditationState
    at: datetime
    name: str = ""
    organisation: str = ""
    note: str = ""
