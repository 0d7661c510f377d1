"""The service: sends due mailings, collects delivery events, notifies the team."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event, Lock
from typing import TYPE_CHECKING

from mailer.clock import AlarmClock
from mailer.engine.signals import until_signalled
from mailer.errors import LedgerError, LedgerReplaced, MailerError, UnexpectedFailure
from mailer.files.stop_file import StopFile
from mailer.model.mailings.progress import Task
from mailer.model.mailings.rate_limit import RatePolicy
from mailer.model.service.service_role import ServiceRole
from mailer.operations.alerts.service_alerts import SILENT_FOR
from mailer.operations.alerts.tasks import TaskMonitor
from mailer.operations.people.registers import sweep_registers
from mailer.operations.restore import require_in_place
from mailer.operations.sending.deliver import run_chunk
from mailer.operations.sending.reschedule import reschedule_changed
from mailer.operations.sending.serve import Tick, run_tick
from mailer.operations.sending.start import Guards
from mailer.operations.sending.suspend import obey_stop_file
from mailer.operations.sending.tick_log import log_tick
from mailer.press_room.exporting import StaticPressRoom
from mailer.service.daily_backup import DailyBackup, dump_database
from mailer.service.membership import membership_of
from mailer.service.notices import DailyWaitingMails, RemindersOfSignatories, new_notifier
from mailer.service.rounds import BackgroundRound, in_thread, intervals_of, known_rounds
from mailer.wiring.event_collector import EventCollector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailer.model.mailings.mailing import MailingId
    from mailer.operations.alerts.alert import Alert
    from mailer.operations.feedback.record import EventOutcome
    from mailer.operations.sending.reschedule import Rescheduled
    from mailer.remedies import Remedy
    from mailer.wiring.app import App

_MAX_RATE_LIMIT_WAIT = timedelta(minutes=1)
_STOP_CHECK_EVERY = timedelta(seconds=1)
_SWEEP_EVERY = timedelta(minutes=1)


class Service:
    """Everything that a workspace does without a person, on the parts of its `App`.

    `instruct` writes a remedy for notices, in the way of the interface that runs the service.
    `beat` is called after each tick, well ended or not: what hangs is found by its silence.
    """

    def __init__(
        self,
        app: App,
        *,
        instruct: Callable[[Remedy], str] = lambda _remedy: "",
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._app, self.beat = app, beat
        self._notifier = new_notifier(app, instruct=instruct)
        self._reminders = RemindersOfSignatories(app)
        self._waiting_mails = DailyWaitingMails(app)
        self.events = EventCollector(app, on_trouble=self._notifier.report_filing_trouble)
        self.backup = DailyBackup(app)
        self._next_sweep_at = datetime.min.replace(tzinfo=UTC)
        self._stopping = Event()
        self._stop_file = StopFile(app.workspace)
        self._alarm: AlarmClock | None = None
        self._held: set[tuple[MailingId, str]] = set()
        self._awake_at, self._waking = app.clock.now(), Lock()
        self.membership = membership_of(app, roles=tuple(ServiceRole))

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

    def reschedule_changed(self) -> Iterator[Rescheduled]:
        """Reschedule the mailings whose instant changed with a newer time-zone database.

        Call it once at the start, because a process keeps the rules it began with.
        """
        return reschedule_changed(self._app.ledger, now=self._app.clock.now())

    def run_tick(self) -> Tick:
        """Run one tick. A mailing that is held is in its result once, not at every tick."""
        return self.tick(self._run_tick)

    def deliver_chunks(self) -> None:
        """Deliver one chunk after the other until none is left, first those of mailings that try
        one person before the others.
        """
        self._check_clock()
        while self._run_chunk(probing=True) or self._run_chunk(probing=False):
            pass

    def tick(self, run: Callable[[], Tick]) -> Tick:
        """Do what comes before a tick, and then the tick."""
        self._check_clock()
        self.membership.require()
        self._prepare_tick()
        tick = run()
        held = {(each.mailing.id, str(each.problem)): each for each in tick.held}
        new = tuple(each for key, each in held.items() if key not in self._held)
        self._held = set(held)
        return replace(tick, held=new)

    def _check_clock(self) -> None:
        """Notice a clock that has jumped, before anything is done by it."""
        self._app.clock.check(self._app.ledger.trusted_time.observe)
        self._notice_sleep()

    def _notice_sleep(self) -> None:
        """Notice a machine that has slept: no task could end a round, and none of them hangs.

        Only where the alarm clock watches every second; a host of several is asked now and then.
        """
        with self._waking:
            now = self._app.clock.now()
            if self._alarm is not None and now - self._awake_at > SILENT_FOR:
                self._app.ledger.heartbeat.wake(at=now)
                self._notifier.wake()
            self._awake_at = now

    def sends_no_more(self) -> bool:
        """Return whether nobody else is to be written to: it stops, or somebody stopped it."""
        return self.is_stopping or self._stop_file.is_there()

    def _prepare_tick(self) -> None:
        ledger, now = self._app.ledger, self._app.clock.now()
        obey_stop_file(self._stop_file.is_there(), ledger=ledger, now=now)
        if ledger.mailings.summaries(overdue_at=now):
            # So that recent opt-outs are respected. One event that cannot be processed is reported
            # by the task that processes events, and must not stop the sending.
            with suppress(UnexpectedFailure):
                for _outcome in self.events.process():
                    pass
        self._sweep_registers()

    def _run_tick(self) -> Tick:
        return run_tick(
            ledger=self._app.ledger,
            backend=self._app.backend,
            engine=self._app.engine,
            clock=self._app.clock,
            message_for=self._app.message_for,
            worker=self._app.process,
            rate_policy=self._app.settings.rate_policy,
            stopping=self.sends_no_more,
            guards=self.guards,
        )

    def _run_chunk(self, *, probing: bool) -> bool:
        return not self.sends_no_more() and run_chunk(
            ledger=self._app.ledger,
            backend=self._app.backend,
            message_for=self._app.message_for,
            clock=self._app.clock,
            worker=self._app.process,
            rate_policy=self._app.settings.rate_policy,
            stopping=self.sends_no_more,
            allows=self._app.allows,
            probing=probing,
        )

    @property
    def guards(self) -> Guards:
        """What a mailing is asked before it is started."""
        return Guards(
            self._app.allows,
            self._app.drafts.facts,
            provider=self._app.settings.provider.name,
            fresh_for=self._app.settings.answers.fresh_for,
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
        monitor = self.monitor(failed)
        replaced: list[LedgerReplaced] = []
        has_more = False

        def send() -> None:
            nonlocal has_more
            has_more = False
            try:
                ended = self.send(monitor, on_tick=on_tick, on_alert=on_alert, tick=self.run_tick)
                has_more = ended.chunks > 0
            except LedgerReplaced as error:
                replaced.append(error)
                alarm.stop()

        def tick() -> datetime | None:
            while True:
                with self._app.span("tick"):
                    monitor.run(Task.SENDING, send)
                self.beat()
                if self.is_stopping or not has_more:
                    break
            with suppress(MailerError):
                return self._app.ledger.mailings.next_due_at()
            return None

        self.begin(on_alert)
        self._alarm = alarm = AlarmClock(tick, watch=self._check_clock)
        if self.is_stopping:  # before there was an alarm to stop
            return
        with ExitStack() as stack:
            for each in self.background(on_outcome=on_outcome, on_alert=on_alert):
                stack.enter_context(in_thread(each, monitor))
            alarm.run_forever()
        if replaced:
            raise replaced[0]
        self.leave()

    def monitor(self, failed: Callable[[MailerError], None]) -> TaskMonitor:
        """Return what runs the tasks of this service, and passes each failure to `failed`."""
        return TaskMonitor(lambda: self._app.ledger, self._app.clock, failed, self._check_clock)

    def leave(self) -> None:
        """Take this process off the register."""
        with suppress(LedgerError):  # it counts as gone after a while
            self.membership.leave()

    def begin(self, on_alert: Callable[[Alert], None]) -> None:
        """Report how long no service ran, and record how often each task runs from now on."""
        with suppress(LedgerError):  # the first tick reports it
            self._check_clock()
            self._report_downtime(on_alert)
            self._notifier.wake()
            self._app.ledger.heartbeat.begin(
                intervals_of(self._app.settings), at=self._app.clock.now()
            )

    def send(
        self,
        monitor: TaskMonitor,
        *,
        on_tick: Callable[[Tick], None],
        on_alert: Callable[[Alert], None],
        tick: Callable[[], Tick],
    ) -> Tick:
        """Run one `tick` and back up the ledger. Raises the first failure after everything else."""
        try:
            self._report_downtime(on_alert)
            ended = tick()
            log_tick(ended)
            on_tick(ended)
            self._notifier.record_tick()
            self.backup.make_sometimes(
                partial(monitor.fail, Task.BACKUP), partial(monitor.succeed, Task.BACKUP)
            )
        except LedgerError as error:
            self._notifier.record_tick(error)
            raise
        for failure in ended.failures:
            raise failure
        return ended

    def _report_downtime(self, on_alert: Callable[[Alert], None]) -> None:
        for alert in self._notifier.report_downtime():
            on_alert(alert)

    def background(
        self,
        *,
        on_outcome: Callable[[EventOutcome], None],
        on_alert: Callable[[Alert], None],
    ) -> Sequence[BackgroundRound]:
        """Return what is done beside the sending, one round for each thing that may hang: a mailbox
        or a relay that does not answer delays neither a mailing nor another source.
        """

        def process() -> None:
            for outcome in self.events.process():
                on_outcome(outcome)

        listen, watch = ServiceRole.LISTEN, ServiceRole.WATCH
        rounds = (
            ("events", listen, {Task.POSTS: self.events.read_posts, Task.EVENTS: process}),
            ("mailbox", listen, {Task.MAILBOX: self.events.read_mails}),
            ("provider-lists", listen, {Task.PROVIDER_LISTS: self.events.apply_provider_lists}),
            ("press-room", watch, {Task.PRESS_ROOM: StaticPressRoom(self._app).write}),
            ("backup", watch, {Task.BACKUP: self._dump}),
            ("notices", watch, {Task.NOTICES: partial(self.notify_team, on_alert)}),
        )
        return known_rounds(rounds, intervals_of(self._app.settings))

    def _dump(self) -> None:
        self._check_clock()
        dump_database(self._app, stopping=lambda: self.is_stopping)

    def notify_team(self, on_alert: Callable[[Alert], None]) -> None:
        """Report new alerts to `on_alert`, and by mail to the team.

        Signatories who have not signed what leaves within a day are reminded too, and people are
        told once a working day what waits for them. Raises
        MailerError when a mail cannot be sent. It is kept and tried again.
        """
        self._check_clock()  # otherwise everything would seem to hang that a sleep interrupted
        for alert in self._notifier.report_new_alerts():
            on_alert(alert)
        self._reminders.send_sometimes()
        self._waiting_mails.send_sometimes()
