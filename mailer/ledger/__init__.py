"""The ledger: a record of everything that happened, in SQLite or PostgreSQL."""

from __future__ import annotations

from mailer.ledger.opening import open_ledger
from mailer.ledger.sql_ledger import SqlLedger
from mailer.ledger.storage.anchors import read_anchors
from mailer.ledger.storage.errors import is_damage

__all__ = ["SqlLedger", "is_damage", "open_ledger", "read_anchors"]
