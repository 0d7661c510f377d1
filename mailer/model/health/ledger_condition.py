"""In what condition the ledger is: for the doctor, and for monitoring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class LedgerCondition:
    """What was found out about the ledger's database.

    `damage` is what the database says is broken, "" for a whole one. The fields about files are
    None for PostgreSQL, and `clock_at`, the database's own clock, for SQLite, which has none.
    """

    revision: str
    damage: str = ""
    size_bytes: int | None = None
    free_bytes: int | None = None
    newest_backup_at: datetime | None = None
    makes_backups: bool = True
    clock_at: datetime | None = None
