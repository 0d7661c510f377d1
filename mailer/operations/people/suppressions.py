"""Whom we no longer write to: what a person enters, and what a person asks us to erase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.suppression import EVERYWHERE, Suppression, SuppressionReason

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.ports import Ledger


def suppress(
    address: Address,
    *,
    reason: SuppressionReason = SuppressionReason.OPT_OUT,
    scope: str = EVERYWHERE,
    by: str,
    why: str,
    ledger: Ledger,
    now: datetime,
) -> bool:
    """Stop writing to an address. Returns False when a suppression already says as much."""
    is_new = ledger.suppressions.add(Suppression(address, reason, now, scope, evidence=why, by=by))
    if is_new:
        ledger.journal.add(
            at=now, by=by, action="suppress", subject=str(address), detail=f"{reason}: {why}"
        )
    return is_new


def forget(address: Address, *, by: str, why: str, ledger: Ledger, now: datetime) -> bool:
    """Erase what names a person, so that no import brings the address back.

    Returns whether anything was known of the address.
    """
    return ledger.erasure.forget(address, by=by, why=why, at=now)
