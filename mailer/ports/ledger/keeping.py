"""The journal, the heartbeat of the service, and the copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta


class Journal(Protocol):
    """Append-only: who did what, when."""

    def add(
        self, *, at: datetime, by: str, action: str, subject: str, detail: str = ""
    ) -> None: ...

    def entries(self, subject: str = "") -> Sequence[tuple[datetime, str, str, str, str]]:
        """(at, by, action, subject, detail), oldest first."""


class Heartbeat(Protocol):
    """When the service was last at work."""

    def record(self, *, at: datetime) -> None:
        """The service has taken a turn."""

    def last(self) -> datetime | None:
        """When that was, to the minute; None: never."""


class Backups(Protocol):
    """Verified copies of the ledger, beside it."""

    def create(self, *, at: datetime, unless_within: timedelta | None = None) -> str:
        """A verified copy of it all, beside it; its file. Empty when there was one so lately, or
        where the database has an administrator. Raises LedgerError: damaged, no room.
        """
