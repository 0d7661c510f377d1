"""The ledger, put together from its subjects."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING

from mailer.made_once import made_once

if TYPE_CHECKING:
    from mailer.ledger.accreditations.accreditations import SqlAccreditations
    from mailer.ledger.accreditations.partner_requests import SqlPartnerRequests
    from mailer.ledger.accreditations.register_looks import SqlRegisterLooks
    from mailer.ledger.campaigns.accepted_findings import SqlAcceptedFindings
    from mailer.ledger.campaigns.comments import SqlComments
    from mailer.ledger.campaigns.coverage import SqlCoverage
    from mailer.ledger.campaigns.revisions import SqlRevisions
    from mailer.ledger.condition import SqlCondition
    from mailer.ledger.directory.calls import SqlCalls
    from mailer.ledger.directory.contacts import SqlContacts
    from mailer.ledger.directory.directory_changes import SqlDirectoryChanges
    from mailer.ledger.directory.erasure import SqlErasure
    from mailer.ledger.directory.list_files import SqlListFiles
    from mailer.ledger.directory.personal_data import SqlPersonalData
    from mailer.ledger.directory.retention import SqlRetention
    from mailer.ledger.feedback.events import SqlEvents
    from mailer.ledger.feedback.inbox import SqlInbox
    from mailer.ledger.feedback.proposals import SqlProposals
    from mailer.ledger.feedback.replies import SqlReplies
    from mailer.ledger.feedback.unknown_mails import SqlUnknownMails
    from mailer.ledger.home import SqlHome
    from mailer.ledger.mailings.amendments import SqlAmendments
    from mailer.ledger.mailings.history import SqlHistory
    from mailer.ledger.mailings.mailings import SqlMailings
    from mailer.ledger.mailings.office_calendar import SqlOfficeCalendar
    from mailer.ledger.mailings.press_room import SqlPressRoom
    from mailer.ledger.mailings.progress import SqlProgress
    from mailer.ledger.mailings.sign_off_reminders import SqlSignOffReminders
    from mailer.ledger.mailings.similar import SqlSimilarMailings
    from mailer.ledger.mailings.suspensions import SqlSuspensions
    from mailer.ledger.persons.suppressions import SqlSuppressions
    from mailer.ledger.sending.chunks import SqlSending
    from mailer.ledger.sending.deliveries import SqlDeliveries
    from mailer.ledger.sending.rate_limits import SqlRateLimits
    from mailer.ledger.sending.uncertain import SqlUncertainDeliveries
    from mailer.ledger.service.exported_files import SqlExportedFiles
    from mailer.ledger.service.heartbeat import SqlHeartbeat
    from mailer.ledger.service.jobs import SqlJobs
    from mailer.ledger.service.notices import SqlNotices
    from mailer.ledger.service.processes import SqlServiceProcesses
    from mailer.ledger.service.trusted_time import SqlTrustedTime
    from mailer.ledger.service.waiting_mails import SqlWaitingMails
    from mailer.ledger.storage.backups import SqliteBackups
    from mailer.ledger.storage.database import Database
    from mailer.ledger.storage.journal import SqlJournal
    from mailer.ledger.team.identities import SqlIdentities
    from mailer.ledger.team.second_factors import SqlSecondFactors
    from mailer.ledger.team.sign_ins import SqlSignIns
    from mailer.ledger.team.team import SqlTeam


class SqlLedger:
    """The ledger in a SQL database: one attribute for each subject.

    A subject is imported when it is first asked: most commands need few of them, and importing
    all takes longer than most commands.
    """

    def __init__(self, database: Database, *, lease_s: float) -> None:
        self._database = database
        self._lease_s = lease_s
        self.making = RLock()
        """Held while a subject is made."""

    def close(self) -> None:
        """Close the ledger. Raises LedgerError when there are outcomes that cannot be written."""
        try:
            if "sending" in vars(self):
                self.sending.close()
        finally:
            self._database.close()

    @made_once
    def contacts(self) -> SqlContacts:
        from mailer.ledger.directory.contacts import SqlContacts

        return SqlContacts(self._database)

    @made_once
    def suppressions(self) -> SqlSuppressions:
        from mailer.ledger.persons.suppressions import SqlSuppressions

        return SqlSuppressions(self._database)

    @made_once
    def erasure(self) -> SqlErasure:
        from mailer.ledger.directory.erasure import SqlErasure

        return SqlErasure(self._database)

    @made_once
    def personal_data(self) -> SqlPersonalData:
        from mailer.ledger.directory.personal_data import SqlPersonalData

        return SqlPersonalData(self._database)

    @made_once
    def retention(self) -> SqlRetention:
        from mailer.ledger.directory.retention import SqlRetention

        return SqlRetention(self._database)

    @made_once
    def accreditations(self) -> SqlAccreditations:
        from mailer.ledger.accreditations.accreditations import SqlAccreditations

        return SqlAccreditations(self._database)

    @made_once
    def partner_requests(self) -> SqlPartnerRequests:
        from mailer.ledger.accreditations.partner_requests import SqlPartnerRequests

        return SqlPartnerRequests(self._database)

    @made_once
    def register_looks(self) -> SqlRegisterLooks:
        from mailer.ledger.accreditations.register_looks import SqlRegisterLooks

        return SqlRegisterLooks(self._database)

    @made_once
    def directory_changes(self) -> SqlDirectoryChanges:
        from mailer.ledger.directory.directory_changes import SqlDirectoryChanges

        return SqlDirectoryChanges(self._database)

    @made_once
    def calls(self) -> SqlCalls:
        from mailer.ledger.directory.calls import SqlCalls

        return SqlCalls(self._database)

    @made_once
    def coverage(self) -> SqlCoverage:
        from mailer.ledger.campaigns.coverage import SqlCoverage

        return SqlCoverage(self._database)

    @made_once
    def list_files(self) -> SqlListFiles:
        from mailer.ledger.directory.list_files import SqlListFiles

        return SqlListFiles(self._database)

    @made_once
    def jobs(self) -> SqlJobs:
        from mailer.ledger.service.jobs import SqlJobs

        return SqlJobs(self._database)

    @made_once
    def exported_files(self) -> SqlExportedFiles:
        from mailer.ledger.service.exported_files import SqlExportedFiles

        return SqlExportedFiles(self._database)

    @made_once
    def mailings(self) -> SqlMailings:
        from mailer.ledger.mailings.mailings import SqlMailings

        return SqlMailings(self._database)

    @made_once
    def accepted_findings(self) -> SqlAcceptedFindings:
        from mailer.ledger.campaigns.accepted_findings import SqlAcceptedFindings

        return SqlAcceptedFindings(self._database)

    @made_once
    def comments(self) -> SqlComments:
        from mailer.ledger.campaigns.comments import SqlComments

        return SqlComments(self._database)

    @made_once
    def amendments(self) -> SqlAmendments:
        from mailer.ledger.mailings.amendments import SqlAmendments

        return SqlAmendments(self._database)

    @made_once
    def press_room(self) -> SqlPressRoom:
        from mailer.ledger.mailings.press_room import SqlPressRoom

        return SqlPressRoom(self._database)

    @made_once
    def revisions(self) -> SqlRevisions:
        from mailer.ledger.campaigns.revisions import SqlRevisions

        return SqlRevisions(self._database)

    @made_once
    def similar_mailings(self) -> SqlSimilarMailings:
        from mailer.ledger.mailings.similar import SqlSimilarMailings

        return SqlSimilarMailings(self._database)

    @made_once
    def progress(self) -> SqlProgress:
        from mailer.ledger.mailings.progress import SqlProgress

        return SqlProgress(self._database)

    @made_once
    def suspensions(self) -> SqlSuspensions:
        from mailer.ledger.mailings.suspensions import SqlSuspensions

        return SqlSuspensions(self._database)

    @made_once
    def sending(self) -> SqlSending:
        from mailer.ledger.sending.chunks import SqlSending

        return SqlSending(self._database, lease_s=self._lease_s)

    @made_once
    def deliveries(self) -> SqlDeliveries:
        from mailer.ledger.sending.deliveries import SqlDeliveries

        return SqlDeliveries(self._database)

    @made_once
    def uncertain(self) -> SqlUncertainDeliveries:
        from mailer.ledger.sending.uncertain import SqlUncertainDeliveries

        return SqlUncertainDeliveries(self._database)

    @made_once
    def rate_limits(self) -> SqlRateLimits:
        from mailer.ledger.sending.rate_limits import SqlRateLimits

        return SqlRateLimits(self._database)

    @made_once
    def events(self) -> SqlEvents:
        from mailer.ledger.feedback.events import SqlEvents

        return SqlEvents(self._database)

    @made_once
    def proposals(self) -> SqlProposals:
        from mailer.ledger.feedback.proposals import SqlProposals

        return SqlProposals(self._database)

    @made_once
    def replies(self) -> SqlReplies:
        from mailer.ledger.feedback.replies import SqlReplies

        return SqlReplies(self._database)

    @made_once
    def unknown_mails(self) -> SqlUnknownMails:
        from mailer.ledger.feedback.unknown_mails import SqlUnknownMails

        return SqlUnknownMails(self._database)

    @made_once
    def inbox(self) -> SqlInbox:
        from mailer.ledger.feedback.inbox import SqlInbox

        return SqlInbox(self._database)

    @made_once
    def journal(self) -> SqlJournal:
        from mailer.ledger.storage.journal import SqlJournal

        return SqlJournal(self._database)

    @made_once
    def notices(self) -> SqlNotices:
        from mailer.ledger.service.notices import SqlNotices

        return SqlNotices(self._database)

    @made_once
    def heartbeat(self) -> SqlHeartbeat:
        from mailer.ledger.service.heartbeat import SqlHeartbeat

        return SqlHeartbeat(self._database)

    @made_once
    def trusted_time(self) -> SqlTrustedTime:
        from mailer.ledger.service.trusted_time import SqlTrustedTime

        return SqlTrustedTime(self._database)

    @made_once
    def history(self) -> SqlHistory:
        from mailer.ledger.mailings.history import SqlHistory

        return SqlHistory(self._database)

    @made_once
    def office_calendar(self) -> SqlOfficeCalendar:
        from mailer.ledger.mailings.office_calendar import SqlOfficeCalendar

        return SqlOfficeCalendar(self._database)

    @made_once
    def home(self) -> SqlHome:
        from mailer.ledger.home import SqlHome

        return SqlHome(self._database)

    @made_once
    def processes(self) -> SqlServiceProcesses:
        from mailer.ledger.service.processes import SqlServiceProcesses

        return SqlServiceProcesses(self._database)

    @made_once
    def team(self) -> SqlTeam:
        from mailer.ledger.team.team import SqlTeam

        return SqlTeam(self._database)

    @made_once
    def sign_ins(self) -> SqlSignIns:
        from mailer.ledger.team.sign_ins import SqlSignIns

        return SqlSignIns(self._database)

    @made_once
    def identities(self) -> SqlIdentities:
        from mailer.ledger.team.identities import SqlIdentities

        return SqlIdentities(self._database)

    @made_once
    def second_factors(self) -> SqlSecondFactors:
        from mailer.ledger.team.second_factors import SqlSecondFactors

        return SqlSecondFactors(self._database)

    @made_once
    def sign_off_reminders(self) -> SqlSignOffReminders:
        from mailer.ledger.mailings.sign_off_reminders import SqlSignOffReminders

        return SqlSignOffReminders(self._database)

    @made_once
    def waiting_mails(self) -> SqlWaitingMails:
        from mailer.ledger.service.waiting_mails import SqlWaitingMails

        return SqlWaitingMails(self._database)

    @made_once
    def backups(self) -> SqliteBackups:
        from mailer.ledger.storage.backups import SqliteBackups

        return SqliteBackups(self._database)

    @made_once
    def condition(self) -> SqlCondition:
        from mailer.ledger.condition import SqlCondition

        return SqlCondition(self._database)
