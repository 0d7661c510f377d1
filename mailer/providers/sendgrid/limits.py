"""What one post of SendGrid's Event Webhook may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class WebhookLimits:
    """What one post may hold. SendGrid says 768 kB at most.

    Retries run for 24 hours and nobody could confirm that they are signed afresh, hence the
    long `oldest`; repeats are harmless, because keys are natural.
    """

    body_bytes: int = 2_000_000
    events: int = 5_000
    depth: int = 8
    oldest: timedelta = timedelta(hours=25)
    future: timedelta = timedelta(minutes=5)
