"""The ledger put together from its subjects, and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.ledger.accreditations import AccreditationTable
from mailer.ledger.contacts import ContactTables
from mailer.ledger.erasure import ErasureTables
from mailer.ledger.events import EventTables
from mailer.ledger.heartbeat import HeartbeatTable
from mailer.ledger.inbox import InboxTables
from mailer.ledger.mailings import MailingTables
from mailer.ledger.notices import NoticeTable
from mailer.ledger.progress import ProgressTables
from mailer.ledger.sending.chunks import SendingTables
from mailer.ledger.sending.deliveries import DeliveryTables
from mailer.ledger.sending.rate_limits import RateLimitTable
from mailer.ledger.sending.uncertain import UncertainTables
from mailer.ledger.similar import SimilarMailingTables
from mailer.ledger.storage.backups import BackupFiles, refuse_copies
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.journal import JournalTable
from mailer.ledger.storage.schema import bring_up_to_date
from mailer.ledger.suppressions import SuppressionTable

if TYPE_CHECKING:
    from mailer.ports import Ledger


class SqlLedger:
    """`ports.Ledger`: one part for each subject, every method of a part one transaction."""

    def __init__(self, database: Database, *, lease_s: float) -> None:
        self._database = database
        self.contacts = ContactTables(database)
        self.suppressions = SuppressionTable(database)
        self.erasure = ErasureTables(database)
        self.accreditations = AccreditationTable(database)
        self.mailings = MailingTables(database)
        self.similar_mailings = SimilarMailingTables(database)
        self.progress = ProgressTables(database)
        self.sending = SendingTables(database, lease_s=lease_s)
        self.deliveries = DeliveryTables(database)
        self.uncertain = UncertainTables(database)
        self.rate_limits = RateLimitTable(database)
        self.events = EventTables(database)
        self.inbox = InboxTables(database)
        self.journal = JournalTable(database)
        self.notices = NoticeTable(database)
        self.heartbeat = HeartbeatTable(database)
        self.backups = BackupFiles(database)

    def close(self) -> None:
        """Raises LedgerError when outcomes are left that cannot be written."""
        try:
            self.sending.close()
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
