"""Telephone calls to people whom the mail did not reach."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from mailer.model.address import Address


class CallOutcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    COMING = "coming"
    NOT_COMING = "not-coming"
    LATER = "later"
    """To be called again, on a day that was agreed."""
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"


ANSWERS = frozenset({CallOutcome.COMING, CallOutcome.NOT_COMING})
"""The outcomes that answer the invitation of a campaign, so that the register has them too."""
ENDS_CALLS = ANSWERS | {CallOutcome.REACHED}
"""The outcomes after which nobody has to call again for the same reason."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the owner of an address, as it was noted.

    `phone` is the number that was called; `again_on` is the day of the next call, for LATER only.
    `person` and `name` say who called.
    """

    address: Address
    outcome: CallOutcome
    at: datetime
    person: str
    name: str
    phone: str = ""
    campaign: str = ""
    again_on: date | None = None
    note: str = ""

    @property
    def ends_calls(self) -> bool:
        return self.outcome in ENDS_CALLS
