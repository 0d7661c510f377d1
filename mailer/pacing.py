"""Rate limits and retry delays, as arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from math import log2
from typing import TYPE_CHECKING

from mailer.model.mailings.rate_limit import RateLimit

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailings.mailing import Mailing
    from mailer.model.mailings.message import DeliveryId
    from mailer.model.mailings.rate_limit import RatePolicy


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Delays in seconds between the attempts for one message; the last one repeats.

    RFC 5321 §4.5.4.1 asks for at least 30 minutes between attempts and 4 to 5 days before giving
    up. Press mail retries sooner, because most first refusals are greylisting, which lets the
    second attempt pass after five minutes. It also gives up sooner, because news does not keep.
    """

    delays_s: tuple[int, ...] = (5 * 60, 15 * 60, 30 * 60, 3600, 2 * 3600, 4 * 3600)
    lifetime: timedelta = timedelta(hours=24)
    jitter: float = 0.2
    """Each delay is lengthened or shortened by up to this fraction."""


PRESS = RetryPolicy()


def retry_in_s(
    delivery_id: DeliveryId,
    *,
    attempt: int,
    requested_s: float | None = None,
    policy: RetryPolicy = PRESS,
) -> float:
    """Return the seconds to wait before the next attempt. `attempt` is the
    number made so far, from 1.

    A delay that the peer requested is never shortened.
    """
    delay_s = policy.delays_s[min(attempt, len(policy.delays_s)) - 1]
    jittered_s = delay_s * (1 + policy.jitter * jitter_factor(delivery_id, attempt))
    return jittered_s if requested_s is None else max(jittered_s, requested_s)


def jitter_factor(delivery_id: DeliveryId, attempt: int) -> float:
    """Return a number between -1 and 1, evenly distributed over deliveries and
    the same at every call.

    Without it, all messages that a relay refused together would be retried together.
    """
    digest = sha256(f"{delivery_id}/{attempt}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**63 - 1


def gives_up_at(mailing: Mailing, policy: RetryPolicy = PRESS) -> datetime:
    """Return the instant from which no message of the mailing is retried."""
    begun_at = mailing.started_at or mailing.due_at
    return min(begun_at + policy.lifetime, mailing.expires_at)


_MIN_RENEWAL_INTERVAL_S, _MAX_RENEWAL_INTERVAL_S = 0.1, 60.0


def lease_renewal_interval_s(lease_s: float) -> float:
    """Seconds between two renewals of a lease: a quarter of it, so that two may fail.

    A process that froze between its claim and the first renewal finds its lease over. It
    must not renew without a pause, for each renewal is a commit. Nor may one whose clock was set
    back in between wait for hours.
    """
    return min(max(lease_s / 4, _MIN_RENEWAL_INTERVAL_S), _MAX_RENEWAL_INTERVAL_S)


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
    """Return the name of the mail provider that hosts `domain`; the domain itself if unknown."""
    return _GROUPS.get(domain, domain)


def global_limits(policy: RatePolicy) -> tuple[RateLimit, ...]:
    """Return the limits over all domains: one per minute, evenly spaced, and one per hour that
    allows a burst of five minutes' worth.
    """
    limits = []
    if policy.per_minute:
        limits.append(RateLimit("minute", 60 / policy.per_minute))
    if policy.per_hour:
        burst = policy.per_hour / 12
        limits.append(RateLimit("hour", 3600 / (policy.per_hour - burst), burst))
    return tuple(limits)


def domain_limits(policy: RatePolicy, domain: str) -> RateLimit:
    """Return the limit for the mail provider that hosts `domain`."""
    every_s = 60 / policy.per_domain_per_minute if policy.per_domain_per_minute else 0.0
    return RateLimit(f"domain:{domain_group(domain)}", every_s)


def provider_limit(policy: RatePolicy, provider: str) -> RateLimit:
    """Return the limit for all mail over our own provider, in use once it has throttled us."""
    return RateLimit(f"provider:{provider}", 60 / policy.per_minute if policy.per_minute else 0.0)


THROTTLED_INTERVAL_S = 1.0
"""Interval used for a provider without a configured limit once it has throttled us."""
HALVING_COOLDOWN_S = 60.0
DOUBLING_PERIOD_S = 600.0
_SLOWEST = 1 / 32


@dataclass(frozen=True, slots=True)
class GcraState:
    """State of one rate limit (GCRA), in seconds since 1970.

    `free_at_s` is the theoretical arrival time; `factor` is the share of the usual rate that is
    used since `slowed_at_s`, when the provider last throttled us.
    """

    free_at_s: float = 0.0
    factor: float = 1.0
    slowed_at_s: float = 0.0

    def factor_at(self, now_s: float) -> float:
        """Return the share of the usual rate at `now_s`: a throttled limit doubles its rate every
        ten minutes until it is back to normal.
        """
        doublings = min((now_s - self.slowed_at_s) / DOUBLING_PERIOD_S, -log2(_SLOWEST))
        return min(1.0, self.factor * 2**doublings)

    def next_send_at_s(self, limit: RateLimit, now_s: float) -> float:
        """Return when the next message may be sent (GCRA: ITU-T I.371 annex A)."""
        every_s = self._every_s(limit, now_s)
        return max(now_s, self.free_at_s - limit.burst * every_s)

    def after_sending(self, limit: RateLimit, now_s: float, starts_at_s: float) -> GcraState:
        """Return the state after a message is sent at `starts_at_s`."""
        free_at_s = max(self.free_at_s, starts_at_s) + self._every_s(limit, now_s)
        return replace(self, free_at_s=free_at_s)

    def throttled(self, now_s: float, *, held_s: float = 0.0) -> GcraState:
        """Return the state with half the rate, starting in `held_s`; unchanged if it was halved
        less than a minute ago.
        """
        if now_s - self.slowed_at_s < HALVING_COOLDOWN_S:
            return self
        return GcraState(
            free_at_s=max(self.free_at_s, now_s + held_s),
            factor=max(self.factor_at(now_s) / 2, _SLOWEST),
            slowed_at_s=now_s,
        )

    def _every_s(self, limit: RateLimit, now_s: float) -> float:
        factor = self.factor_at(now_s)
        usual_s = limit.interval_s or (THROTTLED_INTERVAL_S if factor < 1 else 0.0)
        return usual_s / factor
