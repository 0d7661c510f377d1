"""The limits of one post of SendGrid's Event Webhook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class WebhookLimits:
    """The size, depth and age limits of one post. SendGrid documents 768 kB at most.

    Retries run for 24 hours, and we could not confirm that each is signed again, so `oldest` is
    long. Repeats are harmless because each event has a natural key.
    """

    body_bytes: int = 2_000_000
    events: int = 5_000
    depth: int = 8
    oldest: timedelta = timedelta(hours=25)
    future: timedelta = timedelta(minutes=5)
