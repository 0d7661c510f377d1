"""The service: takes its turns at sending, listens to what comes back, tells the team."""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from mailer.clock import AlarmClock
from mailer.engine.listening import listening
from mailer.engine.repeating import run_periodically
from mailer.errors import ConfigError, LedgerError, MailerError, Place, Problem
from mailer.feedback.policy import FeedbackSettings
from mailer.files.catalogues import translations_for
from mailer.ledger import is_damage
from mailer.mailbox import ImapSettings, fetch
from mailer.model.inbox import InboundMail
from mailer.model.rate_limit import RatePolicy
from mailer.operations.alerts.notices import Notifier
from mailer.operations.feedback.collect import read_new_mail, read_webhook_posts
from mailer.operations.feedback.reconcile import reconcile
from mailer.operations.feedback.record import process_stored_events
from mailer.operations.sending.reschedule import reschedule_changed
from mailer.operations.sending.serve import Tick, run_tick
from mailer.wording import _, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailer.app import App
    from mailer.model.inbox import Cursor, DeadLetter, Filing
    from mailer.operations.alerts.watch import Alert
    from mailer.operations.feedback.record import EventOutcome
    from mailer.operations.sending.reschedule import Rescheduled
    from mailer.remedies import Remedy

LISTEN_EVERY_S = 2.0
"""How often what a receiver has stored is looked at, beside the sending."""

WATCH_EVERY_S = 30.0
"""How often it is asked what should worry: each time, what is under way is counted."""
BACKED_UP_EVERY = timedelta(days=1)

_SOON = timedelta(minutes=1)
_A_MOMENT = timedelta(seconds=1)
_LOOKED_AT_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MailboxReading:
    """How many mails the mailbox had, what followed from them, and which could not be read."""

    mails: int
    outcomes: tuple[EventOutcome, ...]
    dead_letters: tuple[DeadLetter, ...]


class Service:
    """What a workspace does by itself, over the parts of its `App`.

    `instruct` writes an act for the notices, the way the door shows it that runs the service.
    """

    def __init__(self, app: App, *, instruct: Callable[[Remedy], str] = lambda _remedy: "") -> None:
        self._app, self._instruct = app, instruct
        self._watch = self._new_watch()
        self._looks_again_at = datetime.min.replace(tzinfo=UTC)
        self._stopping = Event()

    def stop(self) -> None:
        """Ends the messages in hand, gives the rest back, and begins nothing more."""
        self._stopping.set()

    @property
    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    def back_up(self, failed: Callable[[MailerError], None]) -> None:
        """Has a copy of the ledger made that is not older than a day.

        What prevents it is told and tried again in an hour; a damaged ledger raises
        LedgerError, for nothing may be sent from it.
        """
        now = self._app.clock.now()
        if now < self._looks_again_at:
            return
        self._looks_again_at = now + _LOOKED_AT_EVERY
        try:
            self._app.ledger.backups.create(at=now, unless_within=BACKED_UP_EVERY)
        except LedgerError as error:
            if is_damage(error):
                raise
            failed(error)

    def reschedule_changed(self) -> Iterator[Rescheduled]:
        """What a newer time-zone database has moved since the launch; once, at the start:
        a process keeps the rules it began with.
        """
        return reschedule_changed(self._app.ledger, now=self._app.clock.now())

    def run_tick(self) -> Tick:
        if self._app.ledger.mailings.summaries(overdue_at=self._app.clock.now()):
            for _judged in self.judge():  # whoever has just opted out is not in the audience
                pass
        return run_tick(
            ledger=self._app.ledger,
            backend=self._app.backend,
            engine=self._app.engine,
            clock=self._app.clock,
            message_for=self._app.message_for,
            worker=self._app.worker,
            pace=self._app.settings.pace,
            stopping=self._stopping.is_set,
        )

    def turns_until_idle(self) -> Iterator[Tick]:
        """Does what is due now, turn by turn, until a turn finds nothing to do.

        What has come back is judged first, so that nobody who is known to be gone is mailed.
        """
        while True:
            for _judged in self.listen(mailbox=False):
                pass
            turn = self.run_tick()
            yield turn
            if self.is_stopping:
                return
            if not (turn.started or turn.missed or turn.chunks):
                for _judged in self.listen(mailbox=False):
                    pass
                if not self._waits_its_turn():
                    return

    def _waits_its_turn(self) -> bool:
        """Waits for what a pace holds back for less than a minute; False when that is nothing."""
        due_at = self._app.ledger.mailings.next_due_at()
        now = self._app.clock.now()
        if (
            self._app.settings.pace == RatePolicy()
            or due_at is None
            or not now < due_at <= now + _SOON
        ):
            return False
        while self._app.clock.now() < due_at and not self.is_stopping:
            self._app.clock.wait_until(min(due_at, self._app.clock.now() + _A_MOMENT))
        return True

    def serve(
        self,
        told: Callable[[Tick], None],
        failed: Callable[[MailerError], None],
        heard: Callable[[EventOutcome], None],
        worried: Callable[[Alert], None],
    ) -> None:
        """Takes a turn whenever the clock rings, and listens beside it, until it is stopped.

        What goes wrong in a turn is told, and the next ring tries again: nothing was sent
        that is not written down.
        """

        def come_back() -> None:
            for worry in self._watch.report_downtime():
                worried(worry)

        def tick() -> datetime | None:
            try:
                come_back()
                told(self.run_tick())
                self._watch.record_tick()
                self.back_up(failed)
                return self._app.ledger.mailings.next_due_at()
            except MailerError as error:
                if isinstance(error, LedgerError):
                    self._watch.record_tick(error)
                failed(error)
                return None

        with suppress(LedgerError):  # the first turn tells it
            come_back()

        alarm = AlarmClock(tick)
        # On a thread of its own: a slow mailbox must not hold up a mailing.
        ear = listening(
            self.listen,
            heard=heard,
            failed=failed,
            every_s=LISTEN_EVERY_S,
            mailbox_every_s=self._app.settings.part(ImapSettings).every_s,
        )
        # So must a relay that does not answer hold up nothing but the notice.
        eye = run_periodically(
            partial(self.tell_team, worried), name="watch", every_s=WATCH_EVERY_S, failed=failed
        )
        with ear, eye, until_signalled(self.stop, alarm.stop):
            alarm.run_forever()

    def tell_team(self, worried: Callable[[Alert], None]) -> None:
        """Tells the door, and the team by mail, what newly worries; MailerError when no mail
        could leave: it is owed, and tried again.
        """
        for worry in self._watch.report_new_alerts():
            worried(worry)

    def _new_watch(self) -> Notifier:
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
            instruct=self._instruct,
        )

    def listen(self, *, mailbox: bool) -> Iterator[EventOutcome]:
        """What has come back since the last time: the provider's posts, what was refused while
        sending and, when `mailbox` says so, the mailbox and the provider's lists.

        One way that fails does not stop the others; its error is raised at the end.
        """
        failed: list[MailerError] = []
        for way in (self._take_posts, *((self._take_mails, self._reconcile) if mailbox else ())):
            try:
                way()
            except MailerError as error:
                failed.append(error)
        yield from self.judge()
        if failed:
            raise failed[0]

    def _take_posts(self) -> None:
        read_webhook_posts(
            self._app.post_readers, ledger=self._app.ledger, now=self._app.clock.now()
        )

    def _take_mails(self) -> None:
        if self._app.settings.part(ImapSettings).host:
            for _count in self.fetch():
                pass

    def _reconcile(self) -> None:
        lists = self._app.provider_lists
        if lists is not None:
            settings = self._app.settings.part(FeedbackSettings)
            reconcile(lists, ledger=self._app.ledger, now=self._app.clock.now(), settings=settings)

    def read_mailbox(self, advance: Callable[[int], None]) -> MailboxReading:
        """Read the mailbox and judge what its mails say; `advance` gets the size of each batch.

        Raises ConfigError when no mailbox is configured.
        """
        if not self._app.settings.part(ImapSettings).host:
            raise ConfigError(
                Problem(
                    Place("config.toml", key="feedback.imap.host"),
                    _("No mailbox is configured."),
                    _("Write host, username and password under [feedback.imap]."),
                )
            )
        count = 0
        for batch in self.fetch():
            count += batch
            advance(batch)
        outcomes = tuple(self.judge())
        return MailboxReading(count, outcomes, tuple(self._app.ledger.inbox.dead_letters()))

    def record_mails(self, mails: Sequence[bytes]) -> tuple[EventOutcome, ...]:
        """Store and judge what mails from elsewhere say, as if the mailbox had brought them."""
        letters = [InboundMail(number, raw) for number, raw in enumerate(mails)]
        self.read_new_mail(letters, None)
        return tuple(self.judge())

    def fetch(self) -> Iterator[int]:
        """Reads the mailbox, batch by batch; yields how many mails each had."""
        return fetch(
            self._app.settings.part(ImapSettings),
            cursor_of=self._app.ledger.inbox.cursor,
            store=self.read_new_mail,
        )

    def read_new_mail(
        self, letters: Sequence[InboundMail], cursor: Cursor | None
    ) -> tuple[Filing, ...]:
        """Stores what mails say; where each belongs."""
        return read_new_mail(
            letters,
            cursor,
            read=self._app.read_mail,
            ledger=self._app.ledger,
            now=self._app.clock.now(),
        )

    def judge(self) -> Iterator[EventOutcome]:
        """Decides about what is stored and not yet judged."""
        return process_stored_events(
            ledger=self._app.ledger,
            now=self._app.clock.now(),
            settings=self._app.settings.part(FeedbackSettings),
        )


@contextmanager
def until_signalled(*stops: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and Ctrl-C are requests for an orderly end while the block runs; a second Ctrl-C
    is not.
    """

    def stop(number: int, _frame: object) -> None:
        signal.signal(number, before[signal.Signals(number)])
        for each in stops:
            each()

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
