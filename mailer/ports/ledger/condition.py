"""The condition of the ledger's database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.health.figures import LedgerCounts
    from mailer.model.health.ledger_condition import LedgerCondition


class Condition(Protocol):
    """Whether the database of the ledger is whole, backed up, and has room."""

    def examine(self) -> LedgerCondition:
        """Examine the database, reading all of it; it takes seconds for a large one."""

    def require_writable(self) -> None:
        """Raise LedgerError unless something can be written durably; nothing stays of it."""

    def counts(self) -> LedgerCounts:
        """Return how much of what lies in the ledger, for a monitor."""

    def clock_at(self) -> datetime | None:
        """Return the time by the database's own clock; None for SQLite, which has none."""

    def newest_backup_at(self) -> datetime | None:
        """Return when the newest backup was made, by the journal on PostgreSQL: it may lie on another
        host. None without one.
        """
