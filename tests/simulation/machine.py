"""A machine whose threads, locks and time obey the dice: the same for the same seed.

Threads are greenlets of one thread of the system. They change places only where they wait:
for a lock, for time, for the disk, for the network. Of those that could go on, the dice
choose one.
"""

from contextlib import contextmanager
from datetime import timedelta

from greenlet import getcurrent, greenlet

from mailer.model.service.trusted_time import ClockReading


class Killed(BaseException):
    """SIGKILL: nothing of the process runs any more."""


def _always():
    return True


def _never():
    return False


class Machine:
    """`ports.Clock`, and who runs when."""

    def __init__(self, dice, start):
        self.dice, self.now_s, self._start = dice, 0.0, start
        self.set_by_s = 0.0
        """How far somebody has set the wall clock."""
        self._schedule = getcurrent()
        self._acting = None
        self._tasks = []

    def now(self):
        """What the wall clock says."""
        return self.at(self.set_by_s)

    def at(self, set_by_s):
        """What the wall clock would say, had it been set by so much."""
        return self._start + timedelta(seconds=self.now_s + set_by_s)

    def read(self):
        """The reading that `mailer.clock.WallClock` takes."""
        return ClockReading(self.now(), 1_000 + self.now_s, boot="simulated", host="simulated")

    def set_by_at(self, wall_at, steady_s):
        """By how much the clock was set when it was read so."""
        return (wall_at - self._start).total_seconds() - (steady_s - 1_000)

    def wait_until(self, instant):
        self.sleep((instant - self.now()).total_seconds())

    def sleep(self, seconds):
        if seconds > 0:
            self.wait(_never, seconds)

    def step(self):
        """Where anything may happen elsewhere."""
        self.wait(_always)

    def wait(self, is_met, timeout_s=None):
        """Lets others go on until then; whether it was met before the time was up."""
        task = getcurrent()
        if self.process.is_dead:
            raise Killed
        if task is self._schedule:
            assert is_met(), "the schedule itself would wait for ever"
            return True
        task.is_met = is_met
        task.wakes_at_s = None if timeout_s is None else self.now_s + timeout_s
        self._schedule.switch()
        if task.process.is_dead:
            raise Killed
        return is_met()

    @property
    def process(self):
        """Whose thread is running."""
        task = getcurrent()
        return self._acting if task is self._schedule else task.process

    @contextmanager
    def acting_for(self, process):
        """The schedule does something that a process does with nobody beside it."""
        self._acting = process
        yield
        self._acting = None

    def spawn(self, process, run):
        task = _Task(process, run, self._schedule)
        self._tasks.append(task)
        return task

    def is_busy(self, process):
        """Whether a thread of it is in the midst of something."""
        return any(task.process is process for task in self._tasks)

    def run_one(self):
        """One thread, from where it waits to where it waits again; False when none can."""
        able = [task for task in self._tasks if task.can_go_on(self.now_s)]
        if not able:
            return False
        task = self.dice.choice(able)
        task.switch()
        if task.dead:
            self._tasks.remove(task)
        if task.error is not None:
            raise task.error
        return True

    def pass_time(self):
        """To the next instant that somebody waits for; False when nobody does."""
        awaited = [task.goes_on_at_s() for task in self._tasks]
        instants = [instant_s for instant_s in awaited if instant_s is not None]
        if not instants:
            return False
        self.now_s = max(self.now_s, min(instants))
        return True

    def bury(self, process):
        """Ends the threads of a dead process where they stand."""
        for task in [each for each in self._tasks if each.process is process]:
            self._tasks.remove(task)
            if task:  # has begun
                task.throw(Killed)
            if task.error is not None:
                raise task.error


class _Task(greenlet):
    def __init__(self, process, run, schedule):
        super().__init__(self._run, schedule)
        self.process, self._target, self.error = process, run, None
        self.is_met, self.wakes_at_s = _always, None

    def _run(self):
        try:
            self._target()
        except Killed:
            self.process.is_dead = True
        except BaseException as error:  # noqa: BLE001 — carried over to the schedule
            self.error = error

    def can_go_on(self, now_s):
        return (
            not self.process.is_dead
            and self.process.frozen_until_s <= now_s
            and ((self.wakes_at_s is not None and self.wakes_at_s <= now_s) or self.is_met())
        )

    def goes_on_at_s(self):
        """When it could, by time alone; None: only when something happens."""
        if self.process.is_dead:
            return None
        if self.is_met():
            return self.process.frozen_until_s
        if self.wakes_at_s is None:
            return None
        return max(self.wakes_at_s, self.process.frozen_until_s)
