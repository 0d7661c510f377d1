"""How much is kept of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from mailer.model.contacts.retention import Holding


class RetentionCounts(Protocol):
    """How many records name people, of each kind."""

    def holdings(self, *, exports_kept_for: timedelta, now: datetime) -> Sequence[Holding]:
        """Return one holding for each kind of record, also where there is none, and for what is
        erased by itself. `exports_kept_for` is how long an exported file waits to be fetched.
        """
