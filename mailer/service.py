"""The service: sends due mailings, collects delivery events, notifies the team."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from mailer.clock import AlarmClock
from mailer.engine.repeating import run_periodically
from mailer.engine.signals import until_signalled
from mailer.errors import (
    LedgerError,
    LedgerReplaced,
    MailerError,
    UnexpectedFailure,
)
from mailer.event_collector import EventCollector
from mailer.files.catalogues import translations_for
from mailer.files.stop_file import StopFile
from mailer.ledger import is_damage
from mailer.mailbox import ImapSettings
from mailer.model.progress import Task
from mailer.model.rate_limit import RatePolicy
from mailer.operations.alerts.notices import Notifier
from mailer.operations.alerts.signatory_reminders import SignatoryReminders
from mailer.operations.alerts.tasks import TaskMonitor
from mailer.operations.people.registers import sweep_registers
from mailer.operations.restore import require_in_place
from mailer.operations.sending.reschedule import reschedule_changed
from mailer.operations.sending.serve import Tick, run_tick
from mailer.operations.sending.start import Guards
from mailer.operations.sending.suspend import obey_stop_file
from mailer.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from mailer.app import App
    from mailer.model.mailing import MailingId
    from mailer.operations.alerts.alert import Alert
    from mailer.operations.feedback.record import EventOutcome
    from mailer.operations.sending.reschedule import Rescheduled
    from mailer.remedies import Remedy

LISTEN_EVERY_S = 2.0
"""How often the posts stored by the receiver are read."""

WATCH_EVERY_S = 30.0
"""How often alerts are computed. Each time, the deliveries of active mailings are counted."""
BACKUP_EVERY = timedelta(days=1)

_MAX_RATE_LIMIT_WAIT = timedelta(minutes=1)
_STOP_CHECK_EVERY = timedelta(seconds=1)
_SWEEP_EVERY = timedelta(minutes=1)
_REMIND_EVERY = timedelta(minutes=10)
"""How often campaigns that are not launched are read, to remind their signatories."""
_BACKUP_CHECK_EVERY = timedelta(hours=1)


class Service:
    """Everything that a workspace does without a person, on the parts of its `App`.

    `instruct` writes a remedy for notices, in the way of the interface that runs the service.
    """

    def __init__(self, app: App, *, instruct: Callable[[Remedy], str] = lambda _remedy: "") -> None:
        self._app, self._instruct = app, instruct
        self._notifier = self._new_notifier()
        self.events = EventCollector(app, on_trouble=self._notifier.report_filing_trouble)
        self._next_backup_check_at = datetime.min.replace(tzinfo=UTC)
        self._next_sweep_at = datetime.min.replace(tzinfo=UTC)
        self._next_reminders_at = datetime.min.replace(tzinfo=UTC)
        self._stopping = Event()
        self._stop_file = StopFile(app.workspace)
        self._alarm: AlarmClock | None = None
        self._held: set[tuple[MailingId, str]] = set()

    def stop(self) -> None:
        """Finish the messages being sent, release the rest, and begin nothing more."""
        self._stopping.set()
        if self._alarm is not None:
            self._alarm.stop()

    @property
    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    def require_in_place(self) -> None:
        """Raise RuleError in a copy of the ledger, before anything is sent or collected."""
        require_in_place(self._app.ledger)

    def back_up(
        self,
        failed: Callable[[MailerError], None],
        succeeded: Callable[[], None] = lambda: None,
    ) -> None:
        """Back up the ledger if the last backup is older than a day.

        An error is passed to `failed` and the backup is tried again in an hour. A damaged ledger
        raises LedgerError, because nothing may be sent from it.
        """
        now = self._app.clock.now()
        # A check further off than an hour was set before the clock was set back.
        if now < self._next_backup_check_at <= now + _BACKUP_CHECK_EVERY:
            return
        self._next_backup_check_at = now + _BACKUP_CHECK_EVERY
        try:
            self._app.ledger.backups.create(at=now, unless_within=BACKUP_EVERY)
        except LedgerError as error:
            if is_damage(error):
                raise
            failed(error)
        else:
            succeeded()

    def reschedule_changed(self) -> Iterator[Rescheduled]:
        """Reschedule the mailings whose instant changed with a newer time-zone database.

        Call it once at the start, because a process keeps the rules it began with.
        """
        return reschedule_changed(self._app.ledger, now=self._app.clock.now())

    def run_tick(self) -> Tick:
        """Run one tick. A mailing that is held is in its result once, not at every tick."""
        self._check_clock()
        tick = self._run_tick()
        held = {(each.mailing.id, str(each.problem)): each for each in tick.held}
        new = tuple(each for key, each in held.items() if key not in self._held)
        self._held = set(held)
        return replace(tick, held=new)

    def _check_clock(self) -> None:
        """Notice a clock that has jumped, before anything is done by it."""
        self._app.clock.check(self._app.ledger.trusted_time.observe)

    def _sends_no_more(self) -> bool:
        return self.is_stopping or self._stop_file.is_there()

    def _run_tick(self) -> Tick:
        obey_stop_file(
            self._stop_file.is_there(), ledger=self._app.ledger, now=self._app.clock.now()
        )
        if self._app.ledger.mailings.summaries(overdue_at=self._app.clock.now()):
            # So that recent opt-outs are respected. One event that cannot be processed is reported
            # by the task that processes events, and must not stop the sending.
            with suppress(UnexpectedFailure):
                for _outcome in self.events.process():
                    pass
        self._sweep_registers()
        return run_tick(
            ledger=self._app.ledger,
            backend=self._app.backend,
            engine=self._app.engine,
            clock=self._app.clock,
            message_for=self._app.message_for,
            worker=self._app.worker,
            rate_policy=self._app.settings.rate_policy,
            stopping=self._sends_no_more,
            guards=Guards(
                self._app.allows,
                self._app.drafts.facts,
                provider=self._app.settings.provider.name,
                fresh_for=self._app.settings.answers.fresh_for,
            ),
        )

    def _sweep_registers(self) -> None:
        """Give the places that nobody confirmed, or that became free, to the waiting lists."""
        now = self._app.clock.now()
        # A sweep further off than a minute was set before the clock was set back.
        if now < self._next_sweep_at <= now + _SWEEP_EVERY:
            return
        self._next_sweep_at = now + _SWEEP_EVERY
        for _entry in sweep_registers(self._app.ledger, terms_for=self._app.drafts.terms, now=now):
            pass

    def ticks_until_idle(self) -> Iterator[Tick]:
        """Run ticks until one finds nothing to do. Yields the result of each.

        Delivery events are processed first, so that nobody who is known to be gone is mailed.
        What nobody foresaw while collecting or starting is raised at the end: it stops nothing
        else.
        """
        while True:
            failure = self._collect_what_can_be()
            tick = self.run_tick()
            yield tick
            failure = next(iter(tick.failures), failure)
            if self.is_stopping:
                return
            if not (tick.started or tick.missed or tick.chunks):
                failure = self._collect_what_can_be() or failure
                if not self._wait_for_rate_limit():
                    break
        if failure is not None:
            raise failure

    def _collect_what_can_be(self) -> UnexpectedFailure | None:
        try:
            for _outcome in self.events.collect(mailbox=False):
                pass
        except UnexpectedFailure as error:
            return error
        return None

    def _wait_for_rate_limit(self) -> bool:
        """Wait for a mailing that a rate limit postpones by less than a minute.

        Returns False when there is none.
        """
        if self._app.settings.rate_policy == RatePolicy():
            return False
        has_waited = False
        while not self.is_stopping:
            self._check_clock()
            due_at, now = self._app.ledger.mailings.next_due_at(), self._app.clock.now()
            if due_at is None or not now < due_at <= now + _MAX_RATE_LIMIT_WAIT:
                break
            self._app.clock.wait_until(min(due_at, now + _STOP_CHECK_EVERY))
            has_waited = True
        return has_waited

    def serve(
        self,
        on_tick: Callable[[Tick], None],
        failed: Callable[[MailerError], None],
        on_outcome: Callable[[EventOutcome], None],
        on_alert: Callable[[Alert], None],
    ) -> None:
        """Run as `run_until_stopped` does, until SIGTERM or Ctrl-C."""
        with until_signalled(self.stop):
            self.run_until_stopped(on_tick, failed, on_outcome, on_alert)

    def run_until_stopped(
        self,
        on_tick: Callable[[Tick], None],
        failed: Callable[[MailerError], None],
        on_outcome: Callable[[EventOutcome], None],
        on_alert: Callable[[Alert], None],
    ) -> None:
        """Run ticks, and collect events and report alerts in background threads, until `stop`.

        What fails is recorded in the ledger, passed to `failed` and tried again; nothing ends a
        thread. That is safe, because nothing is sent that is not recorded first. Raises
        LedgerReplaced when another file was put in the ledger's place: only a new start opens that.
        """
        monitor = TaskMonitor(lambda: self._app.ledger, self._app.clock, failed)

        replaced: list[LedgerReplaced] = []

        def send() -> None:
            try:
                self._send(monitor, on_tick=on_tick, on_alert=on_alert)
            except LedgerReplaced as error:
                replaced.append(error)
                alarm.stop()

        def tick() -> datetime | None:
            monitor.run(Task.SENDING, send)
            with suppress(MailerError):
                return self._app.ledger.mailings.next_due_at()
            return None

        with suppress(LedgerError):  # the first tick reports it
            self._check_clock()
            self._report_downtime(on_alert)
            self._app.ledger.heartbeat.begin(self._every_s(), at=self._app.clock.now())
        self._alarm = alarm = AlarmClock(tick, watch=self._check_clock)
        if self.is_stopping:  # before there was an alarm to stop
            return
        with ExitStack() as stack:
            for thread in self._threads(monitor, on_outcome=on_outcome, on_alert=on_alert):
                stack.enter_context(thread)
            alarm.run_forever()
        if replaced:
            raise replaced[0]

    def _send(
        self,
        monitor: TaskMonitor,
        *,
        on_tick: Callable[[Tick], None],
        on_alert: Callable[[Alert], None],
    ) -> None:
        """Run one tick and back up the ledger. Raises the first failure after everything else."""
        try:
            self._report_downtime(on_alert)
            tick = self.run_tick()
            on_tick(tick)
            self._notifier.record_tick()
            self.back_up(partial(monitor.fail, Task.BACKUP), partial(monitor.succeed, Task.BACKUP))
        except LedgerError as error:
            self._notifier.record_tick(error)
            raise
        for failure in tick.failures:
            raise failure

    def _report_downtime(self, on_alert: Callable[[Alert], None]) -> None:
        for alert in self._notifier.report_downtime():
            on_alert(alert)

    def _every_s(self) -> dict[Task, int]:
        """Return how often each background task runs."""
        mailbox = self._app.settings.part(ImapSettings)
        every_s = {
            Task.POSTS: round(LISTEN_EVERY_S),
            Task.EVENTS: round(LISTEN_EVERY_S),
            Task.PROVIDER_LISTS: mailbox.every_s,
            Task.NOTICES: round(WATCH_EVERY_S),
        }
        return every_s | ({Task.MAILBOX: mailbox.every_s} if mailbox.host else {})

    def _threads(
        self,
        monitor: TaskMonitor,
        *,
        on_outcome: Callable[[EventOutcome], None],
        on_alert: Callable[[Alert], None],
    ) -> Iterator[AbstractContextManager[None]]:
        """Yield the background threads, one for each thing that may hang: a mailbox or a relay
        that does not answer delays neither a mailing nor another source.
        """

        def process() -> None:
            for outcome in self.events.process():
                on_outcome(outcome)

        rounds: dict[str, dict[Task, Callable[[], None]]] = {
            "events": {Task.POSTS: self.events.read_posts, Task.EVENTS: process},
            "mailbox": {Task.MAILBOX: self.events.read_mails},
            "provider-lists": {Task.PROVIDER_LISTS: self.events.apply_provider_lists},
            "notices": {Task.NOTICES: partial(self.notify_team, on_alert)},
        }
        every_s = self._every_s()
        for name, tasks in rounds.items():
            known = {task: work for task, work in tasks.items() if task in every_s}
            if known:
                yield run_periodically(
                    partial(_run_each, monitor, known),
                    name=name,
                    every_s=min(every_s[task] for task in known),
                    failed=lambda _error: None,  # the monitor has recorded it
                )

    def notify_team(self, on_alert: Callable[[Alert], None]) -> None:
        """Report new alerts to `on_alert`, and by mail to the team.

        Signatories who have not signed what leaves within a day are reminded too. Raises
        MailerError when a mail cannot be sent. It is kept and tried again.
        """
        for alert in self._notifier.report_new_alerts():
            on_alert(alert)
        self._remind_signatories()

    def _remind_signatories(self) -> None:
        now = self._app.clock.now()
        # A look further off than ten minutes was set before the clock was set back.
        if now < self._next_reminders_at <= now + _REMIND_EVERY:
            return
        self._next_reminders_at = now + _REMIND_EVERY
        app = self._app
        SignatoryReminders(
            campaigns=app.campaigns.names,
            drafts=app.drafts,
            requests=app.sign_off_requests,
            backend=lambda: app.backend,
            signatures_required=app.settings.team.signatures_required,
        ).send()

    def _new_notifier(self) -> Notifier:
        app, settings = self._app, self._app.settings
        return Notifier(
            ledger=lambda: app.ledger,
            backend=lambda: app.backend,
            clock=app.clock,
            team=settings.team.notices or settings.team.proofs,
            letterhead=settings.letterhead,
            language=settings.office.language,
            zone=settings.office.time_zone,
            say=partial(say, translations=translations_for(settings.office.language)),
            reporter=app.reporter,
            fresh_for=settings.answers.fresh_for,
            instruct=self._instruct,
        )


def _run_each(monitor: TaskMonitor, tasks: Mapping[Task, Callable[[], None]]) -> None:
    for task, work in tasks.items():
        monitor.run(task, work)
