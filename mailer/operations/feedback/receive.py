"""What a receiver takes from the network: a provider's posts, and a reader's unsubscribe link."""

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
    """Make verified posts durable before it returns; the service reads them later."""
    ledger.inbox.keep_posts(bodies, provider=provider, at=now)


def unsubscribe(
    delivery_id: DeliveryId, *, means_everything: bool, ledger: Ledger, now: datetime
) -> None:
    """Record that the recipient of a delivery wants no more mail, from its list or at all.

    The event is judged at once: the next step may leave within the second.
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
