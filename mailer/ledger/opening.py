"""Opens a ledger and puts it together from its subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.ledger.accepted_findings import SqlAcceptedFindings
from mailer.ledger.accreditations import SqlAccreditations
from mailer.ledger.amendments import SqlAmendments
from mailer.ledger.calls import SqlCalls
from mailer.ledger.comments import SqlComments
from mailer.ledger.condition import SqlCondition
from mailer.ledger.contacts import SqlContacts
from mailer.ledger.coverage import SqlCoverage
from mailer.ledger.directory_changes import SqlDirectoryChanges
from mailer.ledger.erasure import SqlErasure
from mailer.ledger.events import SqlEvents
from mailer.ledger.exported_files import SqlExportedFiles
from mailer.ledger.heartbeat import SqlHeartbeat
from mailer.ledger.history import SqlHistory
from mailer.ledger.home import SqlHome
from mailer.ledger.identities import SqlIdentities
from mailer.ledger.inbox import SqlInbox
from mailer.ledger.jobs import SqlJobs
from mailer.ledger.list_files import SqlListFiles
from mailer.ledger.mailings import SqlMailings
from mailer.ledger.notices import SqlNotices
from mailer.ledger.office_calendar import SqlOfficeCalendar
from mailer.ledger.partner_requests import SqlPartnerRequests
from mailer.ledger.personal_data import SqlPersonalData
from mailer.ledger.press_room import SqlPressRoom
from mailer.ledger.processes import SqlServiceProcesses
from mailer.ledger.progress import SqlProgress
from mailer.ledger.proposals import SqlProposals
from mailer.ledger.register_looks import SqlRegisterLooks
from mailer.ledger.replies import SqlReplies
from mailer.ledger.retention import SqlRetention
from mailer.ledger.revisions import SqlRevisions
from mailer.ledger.second_factors import SqlSecondFactors
from mailer.ledger.sending.chunks import SqlSending
from mailer.ledger.sending.deliveries import SqlDeliveries
from mailer.ledger.sending.rate_limits import SqlRateLimits
from mailer.ledger.sending.uncertain import SqlUncertainDeliveries
from mailer.ledger.sign_ins import SqlSignIns
from mailer.ledger.sign_off_reminders import SqlSignOffReminders
from mailer.ledger.similar import SqlSimilarMailings
from mailer.ledger.storage.backups import SqliteBackups, refuse_backup
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.journal import SqlJournal
from mailer.ledger.storage.schema import bring_up_to_date
from mailer.ledger.suppressions import SqlSuppressions
from mailer.ledger.suspensions import SqlSuspensions
from mailer.ledger.team import SqlTeam
from mailer.ledger.trusted_time import SqlTrustedTime
from mailer.ledger.waiting_mails import SqlWaitingMails

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.ports import Ledger


class SqlLedger:
    """The ledger in a SQL database: one attribute for each subject."""

    def __init__(self, database: Database, *, lease_s: float) -> None:
        self._database = database
        self.contacts = SqlContacts(database)
        self.suppressions = SqlSuppressions(database)
        self.erasure = SqlErasure(database)
        self.personal_data = SqlPersonalData(database)
        self.retention = SqlRetention(database)
        self.accreditations = SqlAccreditations(database)
        self.partner_requests = SqlPartnerRequests(database)
        self.register_looks = SqlRegisterLooks(database)
        self.directory_changes = SqlDirectoryChanges(database)
        self.calls = SqlCalls(database)
        self.coverage = SqlCoverage(database)
        self.list_files = SqlListFiles(database)
        self.jobs = SqlJobs(database)
        self.exported_files = SqlExportedFiles(database)
        self.mailings = SqlMailings(database)
        self.accepted_findings = SqlAcceptedFindings(database)
        self.comments = SqlComments(database)
        self.amendments = SqlAmendments(database)
        self.press_room = SqlPressRoom(database)
        self.revisions = SqlRevisions(database)
        self.similar_mailings = SqlSimilarMailings(database)
        self.progress = SqlProgress(database)
        self.suspensions = SqlSuspensions(database)
        self.sending = SqlSending(database, lease_s=lease_s)
        self.deliveries = SqlDeliveries(database)
        self.uncertain = SqlUncertainDeliveries(database)
        self.rate_limits = SqlRateLimits(database)
        self.events = SqlEvents(database)
        self.proposals = SqlProposals(database)
        self.replies = SqlReplies(database)
        self.inbox = SqlInbox(database)
        self.journal = SqlJournal(database)
        self.notices = SqlNotices(database)
        self.heartbeat = SqlHeartbeat(database)
        self.trusted_time = SqlTrustedTime(database)
        self.history = SqlHistory(database)
        self.office_calendar = SqlOfficeCalendar(database)
        self.home = SqlHome(database)
        self.processes = SqlServiceProcesses(database)
        self.team = SqlTeam(database)
        self.sign_ins = SqlSignIns(database)
        self.identities = SqlIdentities(database)
        self.second_factors = SqlSecondFactors(database)
        self.sign_off_reminders = SqlSignOffReminders(database)
        self.waiting_mails = SqlWaitingMails(database)
        self.backups = SqliteBackups(database)
        self.condition = SqlCondition(database)

    def close(self) -> None:
        """Close the ledger. Raises LedgerError when there are outcomes that cannot be written."""
        try:
            self.sending.close()
        finally:
            self._database.close()


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
    times, whatever time is passed: hosts share it. A simulated clock goes without. `is_pooled` says that `url` leads
    to a pooler of connections. Raises LedgerError when the ledger cannot
    be reached, is damaged, was written by a newer version, is a backup, or is being restored.
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
