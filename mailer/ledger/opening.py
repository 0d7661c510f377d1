"""Opens a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.ledger.sql_ledger import SqlLedger
from mailer.ledger.storage.backups import refuse_backup
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.schema import bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.ports import Ledger


def open_ledger(
    url: str,
    *,
    lease_s: float = 30.0,
    patience_s: float = 30.0,
    ring: Callable[[], None] = lambda: None,
    has_clock: bool = False,
    is_pooled: bool = False,
) -> Ledger:
    """Open or create the ledger at `url` (`sqlite:///var/ledger.db`, `postgresql://…`).

    `lease_s` is how long a chunk waits for a worker that does not renew its claim; `patience_s`
    is how long a statement waits for another writer. `ring` tells the engine that something may be
    due; it must not raise. With `has_clock`, the clock of a PostgreSQL database rules leases and due
    times, whatever time is passed: hosts share it. A simulated clock goes without. `is_pooled` says
    that `url` leads to a pooler of connections. Raises LedgerError when the ledger cannot be reached,
    is damaged, was written by a newer version, is a backup, or is being restored.
    """
    database = Database(
        url, patience_s=patience_s, ring=ring, has_clock=has_clock, is_pooled=is_pooled
    )
    try:
        database.refuse_emptied()
        refuse_backup(database)
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return SqlLedger(database, lease_s=lease_s)
