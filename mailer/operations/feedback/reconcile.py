"""Our bars and the provider's own lists, kept in step in both directions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.event import DeliveryEvent, EventKind, Match
from mailer.model.permission import Act, require
from mailer.model.suppression import EVERYWHERE
from mailer.operations.feedback.record import record

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.feedback.policy import FeedbackSettings
    from mailer.model.actor import Actor
    from mailer.model.address import Address
    from mailer.model.provider import ProviderSuppression
    from mailer.ports import Ledger, ProviderLists


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many entries of the provider were news to us, and how many were taken off its lists
    because a person has lifted our bar.
    """

    imported: int
    removed: int


def reconcile(
    provider: ProviderLists,
    *,
    ledger: Ledger,
    now: datetime,
    settings: FeedbackSettings | None = None,
) -> Reconciled:
    """Imports what is new on the provider's lists; takes off what we have lifted since.

    An entry is a fact with a natural key. One we know already, without a bar that still
    stands, was lifted here: the provider would go on dropping mail in silence.
    """
    imported, lifted = 0, []
    standing = {bar.address.key for bar in ledger.suppressions.all() if bar.is_in_force(now)}
    for entry in list(provider.listed()):
        if record(_fact(entry, source=provider.name), ledger=ledger, now=now, settings=settings):
            imported += 1
        elif entry.address.key not in standing:
            lifted.append(entry.address)
    return Reconciled(imported, sum(map(provider.remove, dict.fromkeys(lifted))))


def lift(
    address: Address,
    *,
    scope: str,
    actor: Actor,
    why: str,
    ledger: Ledger,
    provider: ProviderLists | None,
    now: datetime,
) -> int:
    """Remove our bars of this scope, and the address from the provider's lists, so that it is
    not dropped there; returns how many bars. What cannot be removed now is, by the next
    `reconcile`. Raises RuleError, changing nothing, when the actor may not do this.
    """
    require(actor, Act.LIFT)
    lifted = ledger.suppressions.lift(address, scope=scope, actor=actor, why=why, at=now)
    if lifted and scope == EVERYWHERE and provider is not None:
        provider.remove(address)
    return lifted


def _fact(entry: ProviderSuppression, *, source: str) -> DeliveryEvent:
    said = f"{source}-list|{entry.list}|{entry.address.key}|{entry.since.isoformat()}"
    return DeliveryEvent(
        kind=EventKind.SUPPRESSED,
        at=entry.since,
        source=source,
        key=f"{source}:{hashlib.sha256(said.encode()).hexdigest()}",
        address=entry.address,
        match=Match.ADDRESS,
        reason=entry.reason,
        quote=entry.said,
        rule=f"{source}-list-{entry.list}",
    )
