"""The ledger: what happened, in SQLite or PostgreSQL through one code base."""

from __future__ import annotations

from mailer.ledger.backups import restore
from mailer.ledger.faults import is_damage
from mailer.ledger.opening import SqlLedger, open_ledger

__all__ = ["SqlLedger", "is_damage", "open_ledger", "restore"]
