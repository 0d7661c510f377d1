"""Clocks, and the alarm clock that calls the service's tick.

APScheduler is only the alarm clock: it keeps its two jobs in memory and creates them at every
start. What is due is stored in the ledger; the next tick finds everything that was missed.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_SLEEP_S = 5.0
"""Look at the wall clock at least this often: somebody may set it, and a laptop may suspend."""


class WallClock:
    """`ports.Clock` on the system's time, used by the service."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait_until(self, instant: datetime) -> None:
        while (left_s := (instant - self.now()).total_seconds()) > 0:
            sleep(min(left_s, _MAX_SLEEP_S))


class SimulatedClock:
    """`ports.Clock` for rehearsals and tests: time advances only when somebody waits for it."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._lock = Lock()

    def now(self) -> datetime:
        return self._now

    def wait_until(self, instant: datetime) -> None:
        with self._lock:
            self._now = max(self._now, instant.astimezone(UTC))


class AlarmClock:
    """Calls `tick` at a regular interval, and once more at the instant that the last tick returned.

    `tick` is idempotent: it reconciles from the ledger and returns when something is due next.
    Ticks never overlap; those missed while one was running are combined into one.
    """

    def __init__(self, tick: Callable[[], datetime | None], *, every_s: float = 2.0) -> None:
        from apscheduler.executors.pool import (  # noqa: PLC0415 — only the service needs it
            ThreadPoolExecutor,
        )
        from apscheduler.schedulers.background import (  # noqa: PLC0415 — only the service needs it
            BackgroundScheduler,
        )

        # Silence "Skipped: maximum number of running instances reached": a tick may take long.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._tick = tick
        self._stopped = Event()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            # By default APScheduler drops a job that is more than a second late.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(
            self._run_tick, "interval", seconds=every_s, id="tick", next_run_time=datetime.now(UTC)
        )

    def run_forever(self) -> None:
        """Call `tick` until `stop` is called from a tick, a signal handler or another thread. A
        tick that is running is waited for.
        """
        self._scheduler.start()
        try:
            self._stopped.wait()
        finally:
            self._scheduler.shutdown(wait=True)

    def stop(self) -> None:
        self._stopped.set()

    def _run_tick(self) -> None:
        due_at = self._tick()
        # An instant in the past (work that waits for a peer) is left to the next regular tick.
        if due_at is not None and due_at > datetime.now(UTC) and not self._stopped.is_set():
            self._scheduler.add_job(
                self._run_tick,
                "date",
                run_date=due_at + timedelta(milliseconds=1),
                id="alarm",
                replace_existing=True,
            )
