"""A process of the service, as the register of all hosts has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

BEAT_EVERY = timedelta(seconds=20)
"""How often a process says that it is there."""
GONE_AFTER = timedelta(seconds=90)
"""A process that was silent for so long is gone; one that ends in good order says so."""
LARGEST_OFFSET_S = 5.0
"""How far the clock of a host may be off the database's. Beyond that it does not work: what it
waits for would come early, or late."""


@dataclass(frozen=True, slots=True)
class ServiceProcess:
    """One process of the service. The id names its host, the start of its machine, and itself:
    in containers every process has the same number.
    """

    id: str
    host: str
    version: str
    roles: tuple[str, ...]
    started_at: datetime
    seen_at: datetime
    trouble: str = ""
    """Why it does not work at present, as a note; "" if it does."""
    chunks: int = 0
    """How many chunks it holds."""

    def is_gone(self, now: datetime) -> bool:
        return now - self.seen_at > GONE_AFTER
