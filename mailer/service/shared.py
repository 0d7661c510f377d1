"""The service of one of several hosts: its rounds are jobs that all hosts share."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from mailer.engine.bell import CHUNK, LONG_WORK, TICK
from mailer.engine.job_queue import JobQueueEngine
from mailer.engine.rounds import Round
from mailer.engine.signals import until_signalled
from mailer.errors import LedgerError, MailerError, Place, Problem, unexpected
from mailer.model.mailings.progress import Task
from mailer.model.service.service_role import ServiceRole
from mailer.operations.sending.serve import Tick, tick_around
from mailer.service.membership import membership_of
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from mailer.operations.alerts.alert import Alert
    from mailer.operations.alerts.tasks import TaskMonitor
    from mailer.operations.feedback.record import EventOutcome
    from mailer.service.service import Service
    from mailer.wiring.app import App

_TICK_EVERY_S = 2.0
_RUNG_FOR_AT_ONCE = 200
"""For how many chunks a tick rings: more than all hosts deliver until the next one."""


class LongWork(Protocol):
    """Does what waits of the long work, one after the other: `jobs.JobRunner.do_on_host`."""

    def __call__(self, *, stopping: Callable[[], bool]) -> None: ...


class SharedService:
    """The rounds of `service` in some roles, until it is stopped.

    `do_long_work` does what was asked for at a desk, until nothing waits or `stopping`.
    """

    def __init__(
        self,
        app: App,
        service: Service,
        *,
        roles: Collection[ServiceRole],
        do_long_work: LongWork,
    ) -> None:
        self._app, self._service, self._roles = app, service, frozenset(roles)
        self._do_long_work = do_long_work
        service.membership = membership_of(
            app, roles=[role for role in ServiceRole if role in self._roles]
        )

    def serve(
        self,
        on_tick: Callable[[Tick], None],
        failed: Callable[[MailerError], None],
        on_outcome: Callable[[EventOutcome], None],
        on_alert: Callable[[Alert], None],
    ) -> None:
        """Do the rounds until SIGTERM or Ctrl-C. What fails is recorded, told and tried again."""
        monitor = self._service.monitor(failed)
        engine = JobQueueEngine(
            self._app.settings.ledger.direct_address,
            admit=self._admit,
            failed=partial(_tell, failed),
        )
        tick = partial(
            self._service.send,
            monitor,
            on_tick=on_tick,
            on_alert=on_alert,
            tick=self._ring_tick,
        )
        rounds = [
            each
            for each in (
                *self._of_sending(monitor, tick),
                *self._beside(monitor, on_outcome=on_outcome, on_alert=on_alert),
                Round(
                    LONG_WORK,
                    ServiceRole.WATCH,
                    partial(self._long_work, failed),
                    every_s=_TICK_EVERY_S,
                ),
            )
            if each.role in self._roles
        ]
        with until_signalled(self._service.stop, engine.stop):
            self._service.begin(on_alert)
            engine.serve(rounds)
        self._service.leave()

    def _ring_tick(self) -> Tick:
        """Run one tick that delivers nothing itself, and rings for the workers of all hosts."""
        service = self._service
        return service.tick(
            lambda: tick_around(
                self._ring_for_chunks,
                ledger=self._app.ledger,
                clock=self._app.clock,
                guards=service.guards,
            )
        )

    def _ring_for_chunks(self) -> int:
        app = self._app
        if app.bell is not None and not self._service.sends_no_more():
            app.bell.ring_for_chunks(
                app.ledger.sending.open_chunks(
                    now=app.clock.now(),
                    provider=app.settings.provider.name,
                    at_most=app.settings.rate_policy.connections or _RUNG_FOR_AT_ONCE,
                )
            )
        return 0

    def _long_work(self, failed: Callable[[MailerError], None]) -> None:
        try:
            self._do_long_work(stopping=lambda: self._service.is_stopping)
        except LedgerError:
            return  # the tick says so
        except Exception as error:  # noqa: BLE001 — the job is interrupted; the host goes on
            _tell(failed, error)

    def _admit(self) -> None:
        """Raise while this host may not work."""
        self._service.beat()  # whatever its roles: it is asked every few seconds
        self._service.require_in_place()
        self._service.membership.require()

    def _of_sending(self, monitor: TaskMonitor, tick: Callable[[], object]) -> Iterator[Round]:
        yield Round(
            TICK,
            ServiceRole.CLOCK,
            partial(monitor.run, Task.SENDING, tick),
            every_s=_TICK_EVERY_S,
        )
        yield Round(
            CHUNK,
            ServiceRole.SEND,
            partial(monitor.run, Task.SENDING, self._service.deliver_chunks),
            at_once=self._app.settings.engine.workers,
        )

    def _beside(
        self,
        monitor: TaskMonitor,
        *,
        on_outcome: Callable[[EventOutcome], None],
        on_alert: Callable[[Alert], None],
    ) -> Iterator[Round]:
        for each in self._service.background(on_outcome=on_outcome, on_alert=on_alert):
            yield Round(each.name, each.role, partial(each.run, monitor), every_s=each.every_s)


def _tell(failed: Callable[[MailerError], None], error: Exception | None) -> None:
    # Not recorded as a failure of a task: that is one of all hosts, and the others go on.
    if error is not None:
        failed(_in_words(error))


def _in_words(error: Exception) -> MailerError:
    if isinstance(error, MailerError):
        return error
    if type(error).__module__.startswith(("psycopg", "procrastinate")):
        return LedgerError(
            Problem(
                Place("config.toml", key="ledger.direct_url"),
                _("The database of the engine does not answer, or refuses us."),
                _("See that it runs; the work goes on by itself when it answers."),
            )
        )
    return unexpected(error, doing="engine")
