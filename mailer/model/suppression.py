"""A bar on an address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address


class SuppressionReason(StrEnum):
    """Why we stop. Opt-outs and complaints are the person's own, and for good."""

    OPT_OUT = "opt-out"
    COMPLAINT = "complaint"
    DEAD = "dead"
    UNREACHABLE = "unreachable"
    DO_NOT_CONTACT = "do-not-contact"


EVERYWHERE = ""
"""The scope that covers every list."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A bar with its reason, scope (a list, or `EVERYWHERE`) and evidence.

    `until` is None for a bar without end; a score-based pause decays.
    """

    address: Address
    reason: SuppressionReason
    since: datetime
    scope: str = EVERYWHERE
    evidence: str = ""
    by: str = ""
    until: datetime | None = None

    def is_in_force(self, now: datetime) -> bool:
        """Return whether the bar still stands: it has no end, or the end is still to come."""
        return self.until is None or self.until > now

    @property
    def is_permanent(self) -> bool:
        return self.reason in {
            SuppressionReason.OPT_OUT,
            SuppressionReason.COMPLAINT,
            SuppressionReason.DO_NOT_CONTACT,
        }
