"""Synchronise our suppressions with the provider's own lists, in both directions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.contacts.suppression import EVERYWHERE
from mailer.model.feedback.event import DeliveryEvent, EventKind, Match
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.feedback.record import record

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.feedback.policy import FeedbackSettings
    from mailer.model.address import Address
    from mailer.model.feedback.provider import ProviderSuppression
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger, ProviderLists


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many entries of the provider were new to us, and how many were removed from its lists
    because a person has lifted our suppression.
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
    """Import what is new on the provider's lists, and remove from them what we have lifted.

    An entry is recorded as an event with a natural key. A known entry without a suppression in
    force was lifted here, and must be removed or the provider would go on dropping mail.
    """
    imported, lifted = 0, []
    in_force = {each.address.key for each in ledger.suppressions.all() if each.is_in_force(now)}
    for entry in list(provider.listed()):
        if record(_event(entry, source=provider.name), ledger=ledger, now=now, settings=settings):
            imported += 1
        elif entry.address.key not in in_force:
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
    """Lift our suppressions of this scope, and remove the person from the provider's lists.

    What the person asked for under another of their addresses is lifted as well. Returns how many suppressions were lifted. If the provider cannot be reached now, the next
    `reconcile` removes the address there. Raises RuleError, changing nothing, when the actor may
    not do this.
    """
    require(actor, Act.LIFT)
    require_recent(actor, now=now)
    addresses = ledger.contacts.addresses_of_person(address)
    lifted = ledger.suppressions.lift(address, scope=scope, actor=actor, why=why, at=now)
    if lifted and scope == EVERYWHERE and provider is not None:
        for each in addresses:
            provider.remove(each)
    return lifted


def _event(entry: ProviderSuppression, *, source: str) -> DeliveryEvent:
    natural_key = f"{source}-list|{entry.list}|{entry.address.key}|{entry.since.isoformat()}"
    return DeliveryEvent(
        kind=EventKind.SUPPRESSED,
        at=entry.since,
        source=source,
        key=f"{source}:{hashlib.sha256(natural_key.encode()).hexdigest()}",
        address=entry.address,
        match=Match.ADDRESS,
        reason=entry.reason,
        quote=entry.said,
        rule=f"{source}-list-{entry.list}",
    )
