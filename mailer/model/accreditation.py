"""Accreditations: the register that decides who receives a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address


class AccreditationState(StrEnum):
    """The answer of a person, and our decision about it."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    ATTENDED = "attended"


@dataclass(frozen=True, slots=True)
class Accreditation:
    """One entry of a campaign's register; an address has at most one."""

    campaign: str
    address: Address
    state: AccreditationState
    at: datetime
    name: str = ""
    organisation: str = ""
    note: str = ""
    is_newcomer: bool = False
    """Nobody in the directory has the address, and a person said that this is nobody there."""
