"""The time, and who rings.

APScheduler is only the alarm clock: it keeps its two jobs in memory, made anew at every
start. The ledger is the diary; whatever was missed is found there by the next tick.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_SLEEP_S = 5.0
"""The wall clock may be set, and a laptop may sleep: look at it again this often."""


class WallClock:
    """`ports.Clock` for the service."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait_until(self, instant: datetime) -> None:
        while (left_s := (instant - self.now()).total_seconds()) > 0:
            sleep(min(left_s, _LONGEST_SLEEP_S))


class SimulatedClock:
    """`ports.Clock` for rehearsals and tests: time passes only by waiting for it."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._lock = Lock()

    def now(self) -> datetime:
        return self._now

    def wait_until(self, instant: datetime) -> None:
        with self._lock:
            self._now = max(self._now, instant.astimezone(UTC))


class AlarmClock:
    """Calls `tick` regularly, and once more at the very instant that the last tick named.

    `tick` is idempotent: it reconciles from the ledger and returns when something is due
    next. Ticks never overlap; those missed while one was running are one.
    """

    def __init__(self, tick: Callable[[], datetime | None], *, every_s: float = 2.0) -> None:
        from apscheduler.executors.pool import (  # noqa: PLC0415 — only the service rings
            ThreadPoolExecutor,
        )
        from apscheduler.schedulers.background import (  # noqa: PLC0415 — only the service rings
            BackgroundScheduler,
        )

        # "Skipped: maximum number of running instances reached" is what a long tick means.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._tick = tick
        self._stopped = Event()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            # By default a job more than a second late is dropped for good.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(
            self._ring, "interval", seconds=every_s, id="tick", next_run_time=datetime.now(UTC)
        )

    def run_forever(self) -> None:
        """Rings until `stop` is called, from a tick, a signal or another thread; then waits
        for the tick that is running.
        """
        self._scheduler.start()
        try:
            self._stopped.wait()
        finally:
            self._scheduler.shutdown(wait=True)

    def stop(self) -> None:
        self._stopped.set()

    def _ring(self) -> None:
        due_at = self._tick()
        # What is overdue (a peer that cannot be reached) waits for the next regular tick.
        if due_at is not None and due_at > datetime.now(UTC) and not self._stopped.is_set():
            self._scheduler.add_job(
                self._ring,
                "date",
                run_date=due_at + timedelta(milliseconds=1),
                id="alarm",
                replace_existing=True,
            )
