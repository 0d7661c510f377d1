"""Rate limits: how many messages may be sent per unit of time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RateLimit:
    """One message every `interval_s`, and at most `burst` more that were saved up.

    `interval_s` 0 means no limit, unless the peer throttles us (`pacing.THROTTLED_INTERVAL_S`).
    `key` identifies the limit for all workers.
    """

    key: str
    interval_s: float
    burst: float = 0.0


@dataclass(frozen=True, slots=True)
class Reservation:
    """The seconds until the next send slot, and the key of the limit that decides it."""

    wait_s: float
    limit_key: str


@dataclass(frozen=True, slots=True)
class RatePolicy:
    """Maximum numbers of messages, in all and to one mail provider, and of connections of all hosts
    to the relay; 0 means no limit (`[pace]`).
    """

    per_minute: int = 0
    per_hour: int = 0
    per_domain_per_minute: int = 0
    connections: int = 0
