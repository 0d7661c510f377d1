"""When to send and when to try again, as arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from math import log2
from typing import TYPE_CHECKING

from mailer.model.rate_limit import RateLimit

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailing import Mailing
    from mailer.model.message import DeliveryId
    from mailer.model.rate_limit import RatePolicy


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


_SAME_PROVIDER = {
    "orange": ("orange.fr", "wanadoo.fr", "voila.fr"),
    "sfr": ("sfr.fr", "neuf.fr", "numericable.fr", "cegetel.net", "club-internet.fr", "9online.fr"),
    "free": ("free.fr", "libertysurf.fr", "aliceadsl.fr"),
    "google": ("gmail.com", "googlemail.com"),
    "microsoft": (
        "outlook.com",
        "outlook.fr",
        "hotmail.com",
        "hotmail.fr",
        "live.com",
        "live.fr",
        "msn.com",
    ),
    "yahoo": ("yahoo.com", "yahoo.fr", "ymail.com", "aol.com"),
}
_GROUPS = {domain: name for name, domains in _SAME_PROVIDER.items() for domain in domains}


def domain_group(domain: str) -> str:
    """The mail provider that counts our messages to `domain`; the domain itself if unknown."""
    return _GROUPS.get(domain, domain)


def global_limits(pace: RatePolicy) -> tuple[RateLimit, ...]:
    """Minutes are evenly spaced; an hour lets five minutes' worth go together."""
    limits = []
    if pace.per_minute:
        limits.append(RateLimit("minute", 60 / pace.per_minute))
    if pace.per_hour:
        burst = pace.per_hour / 12
        limits.append(RateLimit("hour", 3600 / (pace.per_hour - burst), burst))
    return tuple(limits)


def domain_limits(pace: RatePolicy, domain: str) -> RateLimit:
    """The limit of whoever receives the mail of `domain`."""
    every_s = 60 / pace.per_domain_per_minute if pace.per_domain_per_minute else 0.0
    return RateLimit(f"domain:{domain_group(domain)}", every_s)


SLOWED_INTERVAL_S = 1.0
"""What a provider without a limit of its own counts as, once it has asked for patience."""
HALVES_AGAIN_AFTER_S = 60.0
DOUBLES_EVERY_S = 600.0
_SLOWEST = 1 / 32


@dataclass(frozen=True, slots=True)
class GcraState:
    """Where a limit stands, in seconds since 1970: the instant when nothing is owed any more,
    and how much a provider's patience has slowed us, and when.
    """

    free_at_s: float = 0.0
    factor: float = 1.0
    slowed_at_s: float = 0.0

    def factor_at(self, now_s: float) -> float:
        """A slowed limit doubles its pace every ten minutes, until it is itself again."""
        doublings = min((now_s - self.slowed_at_s) / DOUBLES_EVERY_S, -log2(_SLOWEST))
        return min(1.0, self.factor * 2**doublings)

    def starts_at_s(self, limit: RateLimit, now_s: float) -> float:
        """When the next message may leave (GCRA: ITU-T I.371 annex A)."""
        every_s = self._every_s(limit, now_s)
        return max(now_s, self.free_at_s - limit.burst * every_s)

    def taken(self, limit: RateLimit, now_s: float, starts_at_s: float) -> GcraState:
        """The limit when a message leaves at `starts_at_s`."""
        free_at_s = max(self.free_at_s, starts_at_s) + self._every_s(limit, now_s)
        return replace(self, free_at_s=free_at_s)

    def slowed(self, now_s: float) -> GcraState:
        """Half as fast, from a minute on; the same when that was said a moment ago."""
        if now_s - self.slowed_at_s < HALVES_AGAIN_AFTER_S:
            return self
        return GcraState(
            free_at_s=max(self.free_at_s, now_s + HALVES_AGAIN_AFTER_S),
            factor=max(self.factor_at(now_s) / 2, _SLOWEST),
            slowed_at_s=now_s,
        )

    def _every_s(self, limit: RateLimit, now_s: float) -> float:
        factor = self.factor_at(now_s)
        usual_s = limit.interval_s or (SLOWED_INTERVAL_S if factor < 1 else 0.0)
        return usual_s / factor
