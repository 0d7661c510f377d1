"""The ledger: a record of everything that happened, in SQLite or PostgreSQL."""

from __future__ import annotations

from mailer.ledger.opening import SqlLedger, open_ledger
from mailer.ledger.restoring import restore
from mailer.ledger.storage.anchors import read_anchors
from mailer.ledger.storage.errors import is_damage
from mailer.ledger.upgrading import check_upgrade, upgrade

__all__ = [
    "SqlLedger",
    "check_upgrade",
    "is_damage",
    "open_ledger",
    "read_anchors",
    "restore",
    "upgrade",
]
