"""The ledger: what happened, in SQLite or PostgreSQL through one code base."""

from __future__ import annotations

from mailer.ledger.opening import SqlLedger, open_ledger

__all__ = ["SqlLedger", "open_ledger"]
