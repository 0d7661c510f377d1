"""The ledger put together from its subjects, and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.ledger.alike import AlikeTables
from mailer.ledger.backups import BackupFiles, refuse_copies
from mailer.ledger.chunks import ChunkTables
from mailer.ledger.database import Database
from mailer.ledger.deliveries import DeliveryTables
from mailer.ledger.diary import DiaryTables
from mailer.ledger.directory import DirectoryTables
from mailer.ledger.doubts import DoubtTables
from mailer.ledger.events import EventTable
from mailer.ledger.forgetting import ForgettingTables
from mailer.ledger.inbox import InboxTables
from mailer.ledger.journal import JournalTable
from mailer.ledger.notices import NoticeTable
from mailer.ledger.paces import PaceTable
from mailer.ledger.register import RegisterTable
from mailer.ledger.schema import bring_up_to_date
from mailer.ledger.standings import StandingTables
from mailer.ledger.suppressions import SuppressionTable
from mailer.ledger.turns import TurnTable

if TYPE_CHECKING:
    from mailer.ports import Ledger


class SqlLedger(
    DirectoryTables,
    SuppressionTable,
    RegisterTable,
    DiaryTables,
    ChunkTables,
    PaceTable,
    TurnTable,
    DeliveryTables,
    DoubtTables,
    EventTable,
    InboxTables,
    ForgettingTables,
    JournalTable,
    StandingTables,
    AlikeTables,
    NoticeTable,
    BackupFiles,
):
    """`ports.Ledger`: one file for each subject, every method one transaction."""

    def close(self) -> None:
        """Raises LedgerError when outcomes are left that cannot be written."""
        try:
            super().close()
        finally:
            self._database.close()


def open_ledger(url: str, *, lease_s: float = 30.0, patience_s: float = 30.0) -> Ledger:
    """Opens or creates the ledger at `url` (`sqlite:///var/ledger.db`, `postgresql://…`).

    `lease_s` is how long a chunk waits for a worker that went silent; `patience_s` how long
    a statement waits for another writer. Raises LedgerError: unreachable, damaged, written
    by a newer version, a backup.
    """
    database = Database(url, patience_s=patience_s)
    try:
        refuse_copies(database)
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return SqlLedger(database, lease_s=lease_s)
