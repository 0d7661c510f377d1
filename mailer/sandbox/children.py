"""Run pure functions in child processes, which may crash, hang or exhaust memory.

Crafted input can crash native code (mrml on deep nesting: SIGSEGV) or make pure code loop
endlessly, and the process that holds the ledger must survive both. Children are reused, so a
call costs a pickle and not a process start. The limit is processor time, because a text is not at
fault for a busy machine: a call that gets none is tried again, and then raises `Busy`.
"""

from __future__ import annotations

import math
import sys
import threading
from collections import OrderedDict
from contextlib import suppress
from hashlib import sha256
from multiprocessing.reduction import ForkingPickler
from queue import LifoQueue
from time import sleep
from typing import TYPE_CHECKING, Any, Self, TypeVar

from mailer.errors import Busy, ContentError, Place, Problem
from mailer.sandbox.child import (
    CONTEXT,
    Child,
    Died,
    NotDone,
    Raised,
    Returned,
    address_space_bytes,
)
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

Result = TypeVar("Result")

_TRIES = 2
_START_AGAIN_S = (0.1, 1.0, 0.0)
"""A fork server that was killed answers until the machine has the time to end it."""
REMEMBERED = 256
"""How many results are kept: the versions of some twenty campaigns."""
_WALL_PER_CPU = 30
"""A call that gets less than a thirtieth of a processor is tried again."""


_SHORTEN = _("Look for endless loops, very deep nesting or a very large text, and cut it down.")


class Sandbox:
    """A pool of child processes with limits for each call. It is safe for several threads.

    `cpu_s` limits the processor time of one call, which the system counts in whole seconds.
    `wall_s` limits the time since the work began in the child, and is reached only on a very
    busy machine. Waiting for a free child is not counted. `memory_bytes` limits the address
    space of a child. `imports` are modules that a child loads before its first call, outside the
    limits. `remedy` tells the author of a refused file what to do. Windows knows only `wall_s`.

    Functions, arguments and results must be picklable. It is a context manager that ends the
    children.
    """

    def __init__(
        self,
        *,
        cpu_s: float,
        memory_bytes: int,
        wall_s: float = 0.0,
        children: int = 3,
        imports: tuple[str, ...] = (),
        remedy: Text = _SHORTEN,
    ) -> None:
        self._cpu_s = cpu_s
        self._remedy = remedy
        self._wall_s = wall_s or cpu_s * _WALL_PER_CPU
        self._memory_bytes = memory_bytes
        self._imports = imports
        # Last in, first out: sequential calls always use the same warm child, and the others are
        # started only when calls overlap.
        self._slots: LifoQueue[Child | None] = LifoQueue()
        for _n in range(children):
            self._slots.put(None)
        self._lock = threading.Lock()
        self._children: set[Child] = set()
        self._results: OrderedDict[bytes, Any] = OrderedDict()
        self._is_closed = False

    def fork(self) -> None:
        """Start the first child as a fork of this process, whose imports it need not repeat.

        A fork copies what other threads have locked, and all that is open. So this is for a process
        that has opened nothing yet; with several threads, or so large that little of the memory of a
        child is left, it does nothing. The libraries of macOS do not bear a fork.
        """
        if sys.platform != "linux" or threading.active_count() > 1:
            return
        if address_space_bytes() > self._memory_bytes // 2:
            return
        first = self._slots.get()
        with suppress(NotDone):
            first = first or self._start(is_fork=True)
        self._slots.put(first)

    def run(
        self, function: Callable[..., Result], /, *args: object, where: Place, **kwargs: object
    ) -> Result:
        """Run `function` in a child and return its result. Its own exceptions pass through.

        The values of a generator are returned as a list. Each is sent when it is there, because
        to pickle a large result as a whole takes as much memory again.

        Raises ContentError, with the place `where`, when the call used too much processor time or
        memory, or crashed its child. Raises Busy when the machine had no time for it.
        """
        call = bytes(ForkingPickler.dumps((function, args, kwargs)))
        for _try in range(_TRIES):
            with suppress(NotDone):
                return self._run_in_child(call, where)  # type: ignore[no-any-return]
        raise Busy(
            Problem(
                where,
                _("The machine is too busy to work on this now."),
                _("Try again when it has less to do."),
            )
        )

    def run_remembered(
        self, function: Callable[..., Result], /, *args: object, where: Place, **kwargs: object
    ) -> Result:
        """Return the result of the same call before, otherwise run it.

        It is for functions whose result depends on nothing but their arguments. The call itself is
        the key, with every argument in it, so that nothing can be forgotten; results of the last
        REMEMBERED calls are kept in this process only. Raises as `run` does.
        """
        key = sha256(bytes(ForkingPickler.dumps((function, args, kwargs)))).digest()
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                known: Result = self._results[key]
                return known
        result = self.run(function, *args, where=where, **kwargs)
        with self._lock:
            self._results[key] = result
            while len(self._results) > REMEMBERED:
                self._results.popitem(last=False)
        return result

    def close(self) -> None:
        """End all children, including busy ones, whose callers get Busy."""
        with self._lock:
            self._is_closed = True
            children, self._children = self._children, set()
        for child in children:
            child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run_in_child(self, call: bytes, where: Place) -> Any:
        """Wait for a free child and run the call in it. Raises NotDone if that was impossible."""
        child = self._slots.get()
        is_usable = False
        try:
            child = child or self._start()
            answer = child.answer(call, wall_s=self._wall_s)
            is_usable = not isinstance(answer, Raised) or not isinstance(answer.error, MemoryError)
        except Died as died:
            if self._is_closed:
                raise NotDone from died
            raise self._refused(where, self._fault(died)) from died
        finally:
            # After an interrupted call the child is still working and must not be reused.
            if child and not is_usable:
                self._end(child)
            self._slots.put(child if is_usable else None)
        return self._outcome(answer, where)

    def _start(self, *, is_fork: bool = False) -> Child:
        """Start a child. Raises NotDone when the machine has no memory, process or descriptor."""
        if sys.platform != "win32" and not is_fork and self._imports:
            # Children inherit what the fork server has loaded. This has no effect if the server
            # is already running.
            CONTEXT.set_forkserver_preload([*self._imports, "mailer.sandbox.preloaded"])
        for pause_s in _START_AGAIN_S:
            with suppress(OSError, EOFError):
                child = Child(
                    memory_bytes=self._memory_bytes,
                    cpu_s=self._cpu_s,
                    imports=self._imports,
                    is_fork=is_fork,
                )
                with self._lock:
                    if not self._is_closed:
                        self._children.add(child)
                        return child
                child.kill()
                break
            sleep(pause_s)
        raise NotDone

    def _end(self, child: Child) -> None:
        child.kill()
        with self._lock:
            self._children.discard(child)

    def _outcome(self, answer: Returned | Raised, where: Place) -> Any:
        match answer:
            case Returned(value):
                return value
            case Raised(MemoryError() as error):
                raise self._refused(where, self._too_big) from error
            case Raised(RecursionError() as error):
                raise self._refused(where, _("this is nested too deeply")) from error
            case Raised(error):
                raise error

    def _refused(self, where: Place, what: Text) -> ContentError:
        return ContentError(Problem(where, what, self._remedy))

    @property
    def _too_big(self) -> Text:
        return _("this needs more than {size} MB of memory", size=self._memory_bytes // 2**20)

    def _fault(self, died: Died) -> Text:
        if died.was_too_slow:
            return _(
                "this needs more than {seconds} seconds of computing",
                seconds=math.ceil(self._cpu_s),
            )
        return _("reading this made the program crash")
