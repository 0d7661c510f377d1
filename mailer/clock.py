"""Clocks, and the alarm clock that calls the service's tick.

APScheduler is only the alarm clock: it keeps its two jobs in memory and creates them at every
start. What is due is stored in the ledger; the next tick finds everything that was missed.
"""

from __future__ import annotations

import logging
import socket
import time
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Event, Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING

from mailer.errors import LedgerError
from mailer.model.service.trusted_time import (
    SMALLEST_JUMP_S,
    ClockReading,
    ClockVerdict,
    TrustedTime,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.base import BaseTrigger

_MAX_SLEEP_S = 5.0
"""Look at the wall clock at least this often: somebody may set it, and a laptop may suspend."""
_WATCH_EVERY_S = 1.0
_LATE_S = 1.0
"""A tick that is later than this is rung by hand."""
_DEAD_S = 30.0
"""An alarm clock that does not ring for so long, although it was rung by hand, is replaced."""
_ASKED_EVERY_S = 1.0
"""How often a clock that has jumped asks what is trusted meanwhile."""
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# It counts while the machine sleeps, so that a night asleep is no jump (clock_gettime(2)). What
# Python takes on macOS does not; CLOCK_MONOTONIC does there.
_STEADY_CLOCK: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def read_clocks() -> ClockReading:
    """Read the wall clock, and the clock that nobody can set."""
    steady_s = monotonic() if _STEADY_CLOCK is None else time.clock_gettime(_STEADY_CLOCK)
    return ClockReading(datetime.now(UTC), steady_s, boot=_boot(), host=_host())


def process_name() -> str:
    """Return a name that no other process has: its host, the start of its machine, and a number.

    Not the process number: in containers that is 1 for each.
    """
    return f"{_host()}:{_boot()[:8]}:{uuid.uuid4().hex[:6]}"


@cache
def _host() -> str:
    return socket.gethostname()


@cache
def _boot() -> str:
    """Return the id of this start of the machine; where there is none, of this process."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return uuid.uuid4().hex


class WallClock:
    """`ports.Clock` on the system's time, used by every process of the office.

    A jump forward of more than ten minutes is not followed until somebody confirms the clock: it
    goes on from what it said before. What the service finds out of it holds for the others too,
    once they know where to ask (`follow`).
    """

    def __init__(self, read: Callable[[], ClockReading] = read_clocks) -> None:
        self._read = read
        self._trusted = TrustedTime.first(read())
        self._is_observed = False
        self._known: Callable[[ClockReading], TrustedTime | None] | None = None
        self._asked_s = 0.0

    def now(self) -> datetime:
        reading = self._read()
        if self._trusted.judge(reading) is ClockVerdict.HELD:
            self._ask(reading)
        trusted = self._trusted
        if trusted.judge(reading) is ClockVerdict.HELD:
            return trusted.expected_at(reading)
        return reading.wall_at

    def possible_times(self) -> tuple[datetime, ...]:
        now, wall_at = self.now(), self._read().wall_at
        return (now,) if abs(wall_at - now) < timedelta(seconds=SMALLEST_JUMP_S) else (now, wall_at)

    def wait_until(self, instant: datetime) -> None:
        # However the clock is set meanwhile, no wait lasts longer than it was meant to.
        longest_s = (instant - self.now()).total_seconds() + 1
        begun_s = monotonic()
        while (left_s := (instant - self.now()).total_seconds()) > 0:
            left_s = min(left_s, longest_s - (monotonic() - begun_s))
            if left_s <= 0:
                return
            sleep(min(left_s, _MAX_SLEEP_S))

    def check(self, observe: Callable[[ClockReading], TrustedTime]) -> None:
        reading, trusted = self._read(), self._trusted
        is_steady = trusted.judge(reading) is ClockVerdict.STEADY and not trusted.is_held
        if not (self._is_observed and is_steady):
            self._trusted = observe(reading)
            self._is_observed = True

    def follow(self, known: Callable[[ClockReading], TrustedTime | None]) -> None:
        self._known, self._asked_s = known, 0.0
        self._ask(self._read())

    def _ask(self, reading: ClockReading) -> None:
        """Take over what is trusted by now, asking once a second. An answer may fail to come."""
        if self._known is not None and reading.steady_s - self._asked_s >= _ASKED_EVERY_S:
            self._asked_s = reading.steady_s
            with suppress(LedgerError):
                self._trusted = self._known(reading) or self._trusted


class ShiftedClock:
    """`ports.Clock` for the demonstration: begins at `start` when it is made, and then runs; whoever
    looks at the demonstration lets it go on to the next mailing.
    """

    def __init__(self, start: datetime) -> None:
        self._shift = start.astimezone(UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def possible_times(self) -> tuple[datetime, ...]:
        return (self.now(),)

    def wait_until(self, instant: datetime) -> None:
        while (left_s := (instant - self.now()).total_seconds()) > 0:
            sleep(min(left_s, _WATCH_EVERY_S))

    def advance_to(self, instant: datetime) -> None:
        """Go on to `instant`, and run from there; never back."""
        self._shift += max(instant - self.now(), timedelta())

    def check(self, observe: Callable[[ClockReading], TrustedTime]) -> None:
        """Nobody sets this clock, and nothing of it outlives the demonstration."""

    def follow(self, known: Callable[[ClockReading], TrustedTime | None]) -> None:
        """Do nothing: as above."""


class SimulatedClock:
    """`ports.Clock` for rehearsals and tests: time advances only when somebody waits for it."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._lock = Lock()

    def now(self) -> datetime:
        return self._now

    def possible_times(self) -> tuple[datetime, ...]:
        return (self._now,)

    def wait_until(self, instant: datetime) -> None:
        with self._lock:
            self._now = max(self._now, instant.astimezone(UTC))

    def check(self, observe: Callable[[ClockReading], TrustedTime]) -> None:
        """Do nothing: nobody sets it."""

    def follow(self, known: Callable[[ClockReading], TrustedTime | None]) -> None:
        """Do nothing: nobody sets it."""


def _every(seconds: float) -> BaseTrigger:
    """Return a trigger that counts from now.

    APScheduler's own lists each run that was missed: after a jump forward of years it fills the
    memory, and its thread ends.
    """
    from apscheduler.triggers.base import BaseTrigger  # noqa: PLC0415 — only the service needs it

    class Every(BaseTrigger):  # type: ignore[misc]  # the package has no types
        def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
            return now + timedelta(seconds=seconds)

    return Every()


class AlarmClock:
    """Calls `tick` at a regular interval, and once more at the instant that the last tick returned.

    `tick` is idempotent: it reconciles from the ledger and returns when something is due next.
    Ticks never overlap; those missed while one was running are combined into one. `watch` is
    called every second beside them, also during a long tick.

    APScheduler rings by the wall clock. When no tick has begun for longer than the interval, by a
    clock that nobody can set, it is rung by hand; when that does not help, it is replaced.
    """

    def __init__(
        self,
        tick: Callable[[], datetime | None],
        *,
        every_s: float = 2.0,
        watch: Callable[[], None] = lambda: None,
    ) -> None:
        # Silence "Skipped: maximum number of running instances reached": a tick may take long.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._tick, self._every_s, self._watch = tick, every_s, watch
        self._stopped = Event()
        self._running = Lock()
        self._ended_s = monotonic()
        self._scheduler = self._new_scheduler()

    def run_forever(self) -> None:
        """Call `tick` until `stop` is called from a tick, a signal handler or another thread. A
        tick that is running is waited for.
        """
        self._scheduler.start()
        try:
            while not self._stopped.wait(_WATCH_EVERY_S):
                with suppress(Exception):  # it is called again in a second
                    self._watch()
                self._ring_if_late()
        finally:
            self._scheduler.shutdown(wait=True)

    def stop(self) -> None:
        self._stopped.set()

    def _new_scheduler(self) -> BackgroundScheduler:
        from apscheduler.executors.pool import (  # noqa: PLC0415 — only the service needs it
            ThreadPoolExecutor,
        )
        from apscheduler.schedulers.background import (  # noqa: PLC0415 — only the service needs it
            BackgroundScheduler,
        )

        scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            # By default APScheduler drops a job that is more than a second late.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        scheduler.add_job(
            self._run_tick,
            _every(self._every_s),
            id="tick",
            next_run_time=datetime.now(UTC),
        )
        return scheduler

    def _ring_if_late(self) -> None:
        late_s = monotonic() - self._ended_s - self._every_s
        if late_s < _LATE_S or self._running.locked():
            return
        if late_s < _DEAD_S:
            with suppress(LookupError):  # a job that is gone
                self._scheduler.modify_job("tick", next_run_time=datetime.now(UTC))
            return
        self._scheduler.shutdown(wait=False)
        self._scheduler = self._new_scheduler()
        self._scheduler.start()
        self._ended_s = monotonic()

    def _run_tick(self) -> None:
        if not self._running.acquire(blocking=False):
            return  # a tick of a scheduler that was replaced
        try:
            due_at = self._tick()
        finally:
            self._ended_s = monotonic()
            self._running.release()
        # An instant in the past (work that waits for a peer) is left to the next regular tick.
        if due_at is not None and due_at > datetime.now(UTC) and not self._stopped.is_set():
            self._scheduler.add_job(
                self._run_tick,
                "date",
                run_date=due_at + timedelta(milliseconds=1),
                id="alarm",
                replace_existing=True,
            )
