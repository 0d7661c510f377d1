"""Connect a running process with what watches it: health, metrics, logs, traces, watchdog."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from mailer.config.operation_sections import MonitoringSettings
from mailer.monitoring.logs import json_log
from mailer.monitoring.metrics import Metrics
from mailer.monitoring.port import Readiness, monitoring_port
from mailer.monitoring.pulse import ServiceManager
from mailer.monitoring.traces import traces
from mailer.monitoring.watched_backend import WatchedBackend
from mailer.operations.figures import READY_WITHIN, figures, require_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.ports import Backend
    from mailer.wiring.app import App

_PORTS_ABOVE = {"worker": 0, "desk": 1, "receiver": 2, "press-room": 3}
"""Where several processes share one configuration. Whoever sends has the port itself."""


class Monitor:
    """What a running process tells of itself."""

    def __init__(self, app: App, manager: ServiceManager, *, sends: bool) -> None:
        self._app = app
        self._manager = manager
        self._sends = sends
        self._beat_at_s = monotonic()
        self.starts_again = False
        """Whether the process goes on: a service manager would end one that says it stops."""
        self.metrics = Metrics(lambda: figures(app.ledger, now=app.clock.now()))

    def beat(self) -> None:
        """Note that the work goes on: after each tick, and after each message of a long one."""
        self._beat_at_s = monotonic()
        self._manager.beat()

    def watch(self, backend: Backend) -> Backend:
        return WatchedBackend(backend, metrics=self.metrics, beat=self.beat)

    def answered(self, route: str, seconds: float) -> None:
        self.metrics.answered(route=route, seconds=seconds)
        if not self._sends:  # otherwise the service beats, and a page must not speak for it
            self.beat()

    def readiness(self) -> Readiness:
        """Raises LedgerError when the ledger is not there or cannot be written."""
        require_ready(self._app.ledger)
        silent_s = monotonic() - self._beat_at_s
        if self._sends and silent_s > READY_WITHIN.total_seconds():
            return Readiness(is_ready=False, why=f"no tick for {silent_s:.0f} s")
        return Readiness(is_ready=True)


@contextmanager
def monitored(app: App, *, role: str, sends: bool) -> Iterator[Monitor]:
    """Let a process be watched while the block runs, as `[monitoring]` says.

    The service manager is told that it is ready once the ledger is open. Without a port, a log and
    a service manager nothing is opened and nothing is told.
    """
    settings = app.settings.part(MonitoringSettings)
    manager = ServiceManager.of_environment()
    with ExitStack() as stack:
        if settings.log == "json":
            stack.enter_context(json_log(sys.stderr))
        if settings.traces_to:
            app.span = stack.enter_context(traces(settings.traces_to, role=role))
        monitor = Monitor(app, manager, sends=sends)
        if settings.port or settings.log == "json" or manager.is_there:
            app.watched, app.answered = monitor.watch, monitor.answered
        if settings.port:
            stack.enter_context(
                monitoring_port(
                    settings.host,
                    settings.port + (0 if sends else _PORTS_ABOVE[role]),
                    metrics=monitor.metrics.page,
                    readiness=monitor.readiness,
                )
            )
        app.open_ledger()
        manager.ready()
        try:
            yield monitor
        finally:
            if not monitor.starts_again:
                manager.stopping()
