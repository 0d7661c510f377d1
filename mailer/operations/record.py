"""Facts that come back: stored first, judged after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.event import Deadness, EventKind, Match
from mailer.model.suppression import Suppression, SuppressionReason

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.event import DeliveryEvent
    from mailer.ports import Ledger


def record(event: DeliveryEvent, *, ledger: Ledger, now: datetime) -> bool:
    """Stores the fact, moves its delivery up, and bars the address if the fact says so.

    False when the fact was known already. Safe to repeat: a fact has a natural key.
    """
    is_new = ledger.record(event)
    reason = _bar(event)
    if reason is not None and event.address is not None:
        ledger.suppress(
            Suppression(
                address=event.address,
                reason=reason,
                since=now,
                evidence=event.quote or event.reason,
                by=event.source,
            )
        )
    return is_new


def _bar(event: DeliveryEvent) -> SuppressionReason | None:
    """Only the person's own word, or an address known to be dead, bars it."""
    if event.kind is EventKind.COMPLAINED:
        return SuppressionReason.COMPLAINT
    if event.kind is EventKind.OPTED_OUT:
        return SuppressionReason.OPT_OUT
    if event.dead is Deadness.YES and event.match in {Match.DELIVERY_ID, Match.MESSAGE_ID}:
        return SuppressionReason.DEAD
    return None
