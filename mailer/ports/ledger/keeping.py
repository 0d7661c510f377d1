"""The journal, the heartbeat of the service, and the copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from mailer.model.actor import Actor
    from mailer.model.journal import JournalEntry


class Journal(Protocol):
    """Append-only: who did what, when."""

    def add(
        self, *, at: datetime, actor: Actor, action: str, subject: str, detail: str = ""
    ) -> None:
        """Write the line of an act that changes nothing else in the ledger; any other act has
        its line written by the method that does it.
        """

    def add_if_changed(
        self, *, at: datetime, actor: Actor, action: str, subject: str, detail: str
    ) -> bool:
        """Write the line unless the last of this action and subject has the same detail; says
        whether it was written.
        """

    def entries(self, subject: str = "") -> Sequence[JournalEntry]:
        """Return all lines, or those about `subject` and what is inside it, oldest first."""

    def page(
        self, subject: str = "", *, after: int | None = None, limit: int = 100
    ) -> Sequence[JournalEntry]:
        """Return at most `limit` of these lines, the newest first, from before the one with
        the id `after`.
        """


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
