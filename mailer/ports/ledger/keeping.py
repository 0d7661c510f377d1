"""The journal, the heartbeat of the service, and the backups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mailer.model.journal.line import EVERY_LINE, JournalFilter
from mailer.model.mailings.progress import Task

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime, timedelta

    from mailer.model.journal.chain import Anchor, Verified
    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.progress import TaskState
    from mailer.model.service.ledger_home import Elsewhere, HeldMailing
    from mailer.model.service.trusted_time import ClockReading, TrustedTime
    from mailer.model.team.actor import Actor


class Journal(Protocol):
    """An append-only record of who did what, and when: the database refuses to change or remove a
    line. Each has the hash of the one before, even when several write at the same time.
    """

    def add(
        self, *, at: datetime, actor: Actor, action: str, subject: str, detail: str = ""
    ) -> None:
        """Write the line of an act that changes nothing else in the ledger. The methods that
        change something write their own lines.
        """

    def add_if_changed(
        self, *, at: datetime, actor: Actor, action: str, subject: str, detail: str
    ) -> bool:
        """Write the line unless the last of this action and subject has the same detail; a
        missing line counts as an empty detail. Returns whether it was written. Two callers at
        once write it once.
        """

    def entries(self, subject: str = "", *, action: str = "") -> Sequence[JournalEntry]:
        """Return all lines, or those about `subject` and its parts (`campaign/step`) and of this
        `action`, the oldest first.
        """

    def newest_about(
        self, campaigns: Collection[str], *, action: str
    ) -> Mapping[str, JournalEntry]:
        """Return the newest line of this action about each of these campaigns or a step of it."""

    def page(
        self, wanted: JournalFilter = EVERY_LINE, *, after: int | None = None, limit: int = 100
    ) -> Sequence[JournalEntry]:
        """Return at most `limit` of the wanted lines, the newest first, from before the one with
        the id `after`.
        """

    def end(self) -> Anchor:
        """Return the number and the hash of the last line, to be written down elsewhere."""

    def verify(self, anchors: Collection[Anchor] = ()) -> Verified:
        """Compare every line with its hash, with the line before and with the anchors."""


class Heartbeat(Protocol):
    """When each task of the service last ended a round: a monitor asks for it."""

    def begin(self, tasks: Mapping[Task, int], *, at: datetime) -> None:
        """Record that a service begins with these tasks, and how many seconds lie between two
        rounds of each. Tasks of former services that it does not have are forgotten.
        """

    def record(self, *, at: datetime, task: Task = Task.SENDING) -> None:
        """Record that a round of a task has ended well; written at most once a minute."""

    def record_failure(self, *, at: datetime, task: Task, why: str) -> None:
        """Record that a round of a task has failed; `why` is a note (`wording.as_note`). The same
        failure is written twice, and then at most once a minute.
        """

    def wake(self, *, at: datetime) -> None:
        """Record that nothing could run until now, because the machine slept: from here on counts
        how long a task has ended no round.
        """

    def last(self) -> datetime | None:
        """Return the last heartbeat of the sending, to the minute; None when there never was one."""

    def tasks(self) -> Sequence[TaskState]:
        """Return the state of every task, by its name."""


class TrustedTimes(Protocol):
    """What the clock of each machine said when it was last trusted."""

    def observe(self, reading: ClockReading) -> TrustedTime:
        """Compare a reading with the trusted time of its machine, and return what is trusted now.

        After a jump that is followed, every stored wait (the next attempts, the rate limits, the
        leases) is moved by as much, once for all processes; the journal has a line for each jump.
        After a jump that is held, nothing changes until `confirm`.
        """

    def known(self, reading: ClockReading) -> TrustedTime | None:
        """Return the trusted time of the machine of a reading, changing nothing.

        None before anything has been observed since the machine started.
        """

    def confirm(self, *, actor: Actor, at: datetime) -> Sequence[TrustedTime]:
        """Confirm every clock whose jump is held; returns them. The journal has a line for each.

        The next `observe` of each machine follows its clock.
        """

    def all(self) -> Sequence[TrustedTime]:
        """Return the trusted time of every start of a machine, the oldest first."""


class Home(Protocol):
    """The one place (machine and folder, or database) in which the ledger may send.

    It is recorded at the first launch. In a copy of the ledger nothing is launched, started or
    claimed: those methods raise RuleError there.
    """

    def elsewhere(self) -> Elsewhere | None:
        """Return where the ledger is used when that is not here; None when this is its place, and
        before the first launch.
        """

    def hold_what_may_have_left(self, *, actor: Actor, at: datetime) -> tuple[HeldMailing, ...]:
        """Make the unsent deliveries uncertain, and hold the mailings whose hour has come.

        They may have been sent from the other place. Returns the mailings that are held. Nothing
        is sent from here before `adopt`, so that what an interruption leaves is done again.
        """

    def adopt(self, *, actor: Actor, at: datetime) -> bool:
        """Make this the place of the ledger, as a person decided; the journal has a line.

        Returns False, changing nothing, when this is the place already.
        """


class Backups(Protocol):
    """Verified copies of the ledger in a folder beside it."""

    def create(self, *, at: datetime, unless_within: timedelta | None = None) -> str:
        """Make a copy of the ledger and verify it; returns its path.

        Returns an empty string when the last copy is younger than `unless_within`, or when the
        ledger is a PostgreSQL database, whose administrator makes the backups. Raises
        LedgerError when the ledger is damaged or the disk is full.
        """
