"""Store what the receiver takes from the network: webhook posts and unsubscribe requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.event import EVERYTHING, DeliveryEvent, EventKind, Match
from mailer.operations.feedback.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.message import DeliveryId
    from mailer.ports import Ledger


def keep_posts(bodies: Sequence[bytes], *, provider: str, ledger: Ledger, now: datetime) -> None:
    """Store verified posts durably. The service reads them later."""
    ledger.inbox.keep_posts(bodies, provider=provider, at=now)


def unsubscribe(
    delivery_id: DeliveryId, *, means_everything: bool, ledger: Ledger, now: datetime
) -> None:
    """Record that the recipient of a delivery unsubscribes, from its list or from everything.

    The event is processed at once, because the next step may leave within a second.
    """
    reason = EVERYTHING if means_everything else ""
    event = DeliveryEvent(
        kind=EventKind.OPTED_OUT,
        at=now,
        source="unsubscribe",
        key=f"unsubscribe:{delivery_id}:{reason}",
        delivery_id=delivery_id,
        match=Match.DELIVERY_ID,
        reason=reason,
        rule="unsubscribe-link",
    )
    record(event, ledger=ledger, now=now)
