"""When to try again, as arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailing import Mailing
    from mailer.model.message import DeliveryId


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Delays between the tries of one message, in seconds; the last one repeats.

    RFC 5321 §4.5.4.1 asks for at least 30 minutes between tries and 4 to 5 days before
    giving up. Press mail begins sooner, for most first refusals are greylisting, which lets
    the second try pass after five minutes, and gives up sooner, for news does not keep.
    """

    delays_s: tuple[int, ...] = (5 * 60, 15 * 60, 30 * 60, 3600, 2 * 3600, 4 * 3600)
    lifetime: timedelta = timedelta(hours=24)
    jitter: float = 0.2
    """Each delay is stretched or shortened by up to this share."""


PRESS = RetryPolicy()


def retry_in_s(
    delivery_id: DeliveryId,
    *,
    attempt: int,
    asked_s: float | None = None,
    policy: RetryPolicy = PRESS,
) -> float:
    """Seconds until the next try; `attempt` is how many there were, from 1.

    A delay that the peer asked for is never shortened.
    """
    delay_s = policy.delays_s[min(attempt, len(policy.delays_s)) - 1]
    jittered_s = delay_s * (1 + policy.jitter * spread(delivery_id, attempt))
    return max(jittered_s, asked_s or 0)


def spread(delivery_id: DeliveryId, attempt: int) -> float:
    """Between -1 and 1, evenly over deliveries, and the same whenever it is asked again.

    Without it the messages that a relay refused together would all come back together.
    """
    digest = sha256(f"{delivery_id}/{attempt}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**63 - 1


def gives_up_at(mailing: Mailing, policy: RetryPolicy = PRESS) -> datetime:
    """From then on nothing of the mailing is tried again."""
    begun_at = mailing.started_at or mailing.due_at
    return min(begun_at + policy.lifetime, mailing.expires_at)
