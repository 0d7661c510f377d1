"""The ledger, one protocol for each of its subjects."""

from __future__ import annotations

from typing import Protocol

from mailer.ports.ledger.accepted_findings import AcceptedFindings
from mailer.ports.ledger.amendments import Amendments
from mailer.ports.ledger.calls import Calls
from mailer.ports.ledger.comments import Comments
from mailer.ports.ledger.condition import Condition
from mailer.ports.ledger.coverage import CoverageLog
from mailer.ports.ledger.exported_files import ExportedFiles
from mailer.ports.ledger.feedback import (
    Events,
    Inbox,
    Notices,
    Proposals,
    Replies,
    UnknownMails,
)
from mailer.ports.ledger.history import OfficeCalendar, PastMailings
from mailer.ports.ledger.identities import Identities
from mailer.ports.ledger.jobs import Jobs
from mailer.ports.ledger.keeping import Backups, Heartbeat, Home, Journal, TrustedTimes
from mailer.ports.ledger.list_files import ListFiles
from mailer.ports.ledger.mailings import Mailings, Progress, SimilarMailings
from mailer.ports.ledger.partner_requests import PartnerRequests
from mailer.ports.ledger.people import (
    Accreditations,
    Contacts,
    DirectoryChanges,
    Erasure,
    PersonalRecords,
    Suppressions,
)
from mailer.ports.ledger.press_room import PressRoom
from mailer.ports.ledger.processes import ServiceProcesses
from mailer.ports.ledger.register_looks import RegisterLooks
from mailer.ports.ledger.retention import RetentionCounts
from mailer.ports.ledger.revisions import Revisions
from mailer.ports.ledger.second_factors import SecondFactors
from mailer.ports.ledger.sending import Deliveries, RateLimits, Sending, UncertainDeliveries
from mailer.ports.ledger.suspensions import Suspensions
from mailer.ports.ledger.team import SignIns, SignOffReminders, Team, WaitingMailLog

__all__ = [
    "AcceptedFindings",
    "Accreditations",
    "Amendments",
    "Backups",
    "Calls",
    "Comments",
    "Condition",
    "Contacts",
    "CoverageLog",
    "Deliveries",
    "DirectoryChanges",
    "Erasure",
    "Events",
    "ExportedFiles",
    "Heartbeat",
    "Home",
    "Identities",
    "Inbox",
    "Jobs",
    "Journal",
    "Ledger",
    "ListFiles",
    "Mailings",
    "Notices",
    "OfficeCalendar",
    "PartnerRequests",
    "PastMailings",
    "PersonalRecords",
    "PressRoom",
    "Progress",
    "Proposals",
    "RateLimits",
    "RegisterLooks",
    "Replies",
    "RetentionCounts",
    "Revisions",
    "SecondFactors",
    "Sending",
    "ServiceProcesses",
    "SignIns",
    "SignOffReminders",
    "SimilarMailings",
    "Suppressions",
    "Suspensions",
    "Team",
    "TrustedTimes",
    "UncertainDeliveries",
    "UnknownMails",
    "WaitingMailLog",
]


class Ledger(Protocol):
    """The record of everything that happened, one property for each subject.

    Each method of a subject is one transaction and returns frozen values.
    """

    @property
    def contacts(self) -> Contacts: ...

    @property
    def suppressions(self) -> Suppressions: ...

    @property
    def erasure(self) -> Erasure: ...
    @property
    def personal_data(self) -> PersonalRecords: ...
    @property
    def retention(self) -> RetentionCounts: ...

    @property
    def accreditations(self) -> Accreditations: ...

    @property
    def partner_requests(self) -> PartnerRequests: ...

    @property
    def register_looks(self) -> RegisterLooks: ...

    @property
    def directory_changes(self) -> DirectoryChanges: ...

    @property
    def calls(self) -> Calls: ...

    @property
    def coverage(self) -> CoverageLog: ...

    @property
    def list_files(self) -> ListFiles: ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def exported_files(self) -> ExportedFiles: ...

    @property
    def mailings(self) -> Mailings: ...

    @property
    def accepted_findings(self) -> AcceptedFindings: ...

    @property
    def comments(self) -> Comments: ...

    @property
    def amendments(self) -> Amendments: ...

    @property
    def processes(self) -> ServiceProcesses: ...

    @property
    def press_room(self) -> PressRoom: ...

    @property
    def revisions(self) -> Revisions: ...

    @property
    def similar_mailings(self) -> SimilarMailings: ...

    @property
    def progress(self) -> Progress: ...

    @property
    def suspensions(self) -> Suspensions: ...

    @property
    def sending(self) -> Sending: ...

    @property
    def deliveries(self) -> Deliveries: ...

    @property
    def uncertain(self) -> UncertainDeliveries: ...

    @property
    def rate_limits(self) -> RateLimits: ...

    @property
    def events(self) -> Events: ...

    @property
    def proposals(self) -> Proposals: ...

    @property
    def replies(self) -> Replies: ...

    @property
    def unknown_mails(self) -> UnknownMails: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def notices(self) -> Notices: ...

    @property
    def journal(self) -> Journal: ...

    @property
    def heartbeat(self) -> Heartbeat: ...

    @property
    def trusted_time(self) -> TrustedTimes: ...

    @property
    def history(self) -> PastMailings: ...

    @property
    def office_calendar(self) -> OfficeCalendar: ...

    @property
    def home(self) -> Home: ...

    @property
    def team(self) -> Team: ...

    @property
    def second_factors(self) -> SecondFactors: ...

    @property
    def identities(self) -> Identities: ...

    @property
    def sign_ins(self) -> SignIns: ...

    @property
    def sign_off_reminders(self) -> SignOffReminders: ...

    @property
    def waiting_mails(self) -> WaitingMailLog: ...

    @property
    def backups(self) -> Backups: ...

    @property
    def condition(self) -> Condition: ...

    def close(self) -> None: ...
