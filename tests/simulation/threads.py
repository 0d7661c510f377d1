"""What `threading`, `queue`, `time` and `concurrent.futures` have, on a simulated machine.

While it is in charge, whatever the program starts, locks or times is the machine's, by the
names it has imported from there; nothing of the program's own is known here.
"""

import concurrent.futures._base
import queue
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pkgutil import walk_packages
from types import SimpleNamespace
from unittest.mock import patch

from greenlet import getcurrent

from mailer import ledger
from tests.simulation.machine import Killed


class Lock:
    """Reentrant, so that it serves as both; nobody here takes a plain lock twice."""

    def __init__(self, machine):
        self._machine, self._owner, self._count = machine, None, 0

    def acquire(self, blocking=True, timeout=-1):  # noqa: FBT002 — as in `threading`
        while self._owner not in {None, getcurrent()}:
            if not blocking:
                return False
            if not self._machine.wait(self._is_free, None if timeout < 0 else timeout):
                # Only one lock is waited for so: the writer's. To its process, the ledger failed.
                self._machine.process.faults += 1
                return False
        self._owner, self._count = getcurrent(), self._count + 1
        return True

    def release(self):
        self._count -= 1
        if not self._count:
            self._owner = None

    def locked(self):
        return self._owner is not None

    def _is_free(self):
        return self._owner is None

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_error):
        self.release()


class Condition:
    def __init__(self, machine, lock=None):
        self._machine, self._lock, self._waiting = machine, lock or Lock(machine), []
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self):
        return self._lock.acquire()

    def __exit__(self, *_error):
        self._lock.release()

    def wait(self, timeout=None):
        ticket = object()
        self._waiting.append(ticket)
        self._lock.release()
        try:
            return self._machine.wait(lambda: ticket not in self._waiting, timeout)
        finally:
            with suppress(ValueError):
                self._waiting.remove(ticket)
            self._lock.acquire()

    def wait_for(self, predicate, timeout=None):
        until_s = None if timeout is None else self._machine.now_s + timeout
        while not (found := predicate()):
            left_s = None if until_s is None else until_s - self._machine.now_s
            if left_s is not None and left_s <= 0:
                break
            self.wait(left_s)
        return found

    def notify(self, n=1):
        del self._waiting[:n]

    def notify_all(self):
        self._waiting.clear()


class Event:
    def __init__(self, machine):
        self._machine, self._is_set = machine, False

    def is_set(self):
        return self._is_set

    def set(self):
        self._is_set = True

    def clear(self):
        self._is_set = False

    def wait(self, timeout=None):
        return self._is_set or self._machine.wait(self.is_set, timeout)


class Semaphore:
    def __init__(self, machine, value=1):
        self._machine, self._value = machine, value

    def acquire(self, blocking=True, timeout=None):  # noqa: FBT002 — as in `threading`
        if not self._value and not (
            blocking and self._machine.wait(lambda: self._value > 0, timeout)
        ):
            return False
        self._value -= 1
        return True

    def release(self, n=1):
        self._value += n

    __enter__ = acquire

    def __exit__(self, *_error):
        self.release()


class Queue:
    """Of `queue`, without its limits."""

    def __init__(self, machine):
        self._machine, self._waiting = machine, []

    def put(self, thing):
        self._waiting.append(thing)

    def get(self):
        while not self._waiting:
            self._machine.wait(lambda: bool(self._waiting), None)
        return self._waiting.pop(0)


class Thread:
    def __init__(self, machine, *, target, args=(), kwargs=None, name="", **_options):
        self._machine, self.name, self._task = machine, name, None
        self._work = lambda: target(*args, **(kwargs or {}))

    def start(self):
        self._task = self._machine.spawn(self._machine.process, self._work)

    def is_alive(self):
        return self._task is not None and not self._task.dead

    def join(self, timeout=None):
        if self.is_alive() and not self._task.process.is_dead:
            self._machine.wait(lambda: self._task.dead, timeout)


class Pool:
    """Of `concurrent.futures`."""

    def __init__(self, machine, max_workers, **_options):
        self._machine, self._threads = machine, []
        self._free = Semaphore(machine, max_workers)

    def submit(self, work, *arguments, **words):
        future = Future()

        def run():
            with self._free:
                try:
                    future.set_result(work(*arguments, **words))
                except Killed:
                    raise
                except BaseException as error:  # noqa: BLE001 — as the real one does
                    future.set_exception(error)

        self._threads.append(Thread(self._machine, target=run))
        self._threads[-1].start()
        return future

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        for thread in self._threads:
            thread.join()


@contextmanager
def in_charge(machine):
    """While the block runs, the program's threads, locks and time are the machine's."""
    here = threading.get_ident()

    def ours(kind, real):
        # Threads of the system that are none of ours get what they ask for.
        def made(*arguments, **words):
            if threading.get_ident() == here:
                return kind(machine, *arguments, **words)
            return real(*arguments, **words)

        return made

    kinds = {
        threading.Lock: Lock,
        threading.RLock: Lock,
        threading.Condition: Condition,
        threading.Event: Event,
        threading.Semaphore: Semaphore,
        threading.BoundedSemaphore: Semaphore,
        threading.Thread: Thread,
        queue.SimpleQueue: Queue,
        ThreadPoolExecutor: Pool,
    }
    by_real = {real: ours(kind, real) for real, kind in kinds.items()}
    by_real[time.monotonic] = by_real[time.perf_counter] = lambda: machine.now_s
    by_real[time.sleep] = machine.sleep
    by_real |= {
        module: SimpleNamespace(
            **{name: _replaced(value, by_real) for name, value in vars(module).items()}
        )
        for module in (threading, time)
    }
    with ExitStack() as stack:
        for module, name, real in _names(by_real):
            stack.enter_context(patch.object(module, name, by_real[real]))
        yield


def _replaced(value, by_real):
    try:
        return by_real.get(value, value)
    except TypeError:  # not hashable
        return value


def _names(by_real):
    """Where the program, and the part of the library that it runs on, has one of these names."""
    # A part of the ledger that is imported at its first use would bring the real ones with it.
    for each in walk_packages(ledger.__path__, f"{ledger.__name__}."):
        if ".migrations." not in each.name:  # which Alembic alone imports
            import_module(each.name)
    modules = [module for name, module in sys.modules.items() if name.startswith("mailer.")]
    for module in (*modules, concurrent.futures._base):
        for name, value in list(vars(module).items()):
            if _replaced(value, by_real) is not value and not name.startswith("__"):
                yield module, name, value
