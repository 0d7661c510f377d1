"""Whom we no longer write to: what a person enters, and what a person asks us to erase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.permission import Act, require
from mailer.model.suppression import EVERYWHERE, Suppression, SuppressionReason

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.address import Address
    from mailer.ports import Ledger


def suppress(
    address: Address,
    *,
    reason: SuppressionReason = SuppressionReason.OPT_OUT,
    scope: str = EVERYWHERE,
    actor: Actor,
    why: str,
    ledger: Ledger,
    now: datetime,
) -> bool:
    """Stop writing to an address. Returns False when a suppression already says as much.

    Journalled. Raises RuleError when the actor may not do this.
    """
    require(actor, Act.SUPPRESS)
    bar = Suppression(address, reason, now, scope, evidence=why, by=actor.name)
    return ledger.suppressions.add(bar, actor=actor)


def forget(address: Address, *, actor: Actor, why: str, ledger: Ledger, now: datetime) -> bool:
    """Erase what names a person, so that no import brings the address back.

    Returns whether anything was known of the address. Journalled. Raises RuleError when the
    actor may not do this.
    """
    require(actor, Act.FORGET)
    return ledger.erasure.forget(address, actor=actor, why=why, at=now)
