"""Suppressions: addresses to which we no longer write."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address


class SuppressionReason(StrEnum):
    """Why we no longer write to an address. Opt-outs and complaints have no end."""

    OPT_OUT = "opt-out"
    COMPLAINT = "complaint"
    DEAD = "dead"
    UNREACHABLE = "unreachable"
    DO_NOT_CONTACT = "do-not-contact"


OF_THE_PERSON = frozenset(
    {
        SuppressionReason.OPT_OUT,
        SuppressionReason.COMPLAINT,
        SuppressionReason.DO_NOT_CONTACT,
    }
)
"""Reasons that hold for all addresses of a person; the others hold for one address."""

YIELDS_TO_CANCELLATION = frozenset({SuppressionReason.OPT_OUT, SuppressionReason.DO_NOT_CONTACT})
"""Reasons for which people who asked to come are told all the same that they come in vain."""

EVERYWHERE = ""
"""The scope that covers every list."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address to which we do not write, with reason, scope (a list, or `EVERYWHERE`), evidence.

    `until` is None for a suppression without end; one for too many soft bounces has an end.
    """

    address: Address
    reason: SuppressionReason
    since: datetime
    scope: str = EVERYWHERE
    evidence: str = ""
    by: str = ""
    until: datetime | None = None

    def is_in_force(self, now: datetime) -> bool:
        """Return whether the suppression still applies: it has no end, or ends after `now`."""
        return self.until is None or self.until > now

    @property
    def is_permanent(self) -> bool:
        return self.reason in OF_THE_PERSON
