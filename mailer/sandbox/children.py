"""Run pure functions in child processes, which may crash, hang or exhaust memory.

Crafted input can crash native code (mrml on deep nesting: SIGSEGV) or make pure code loop
endlessly, and the process that holds the ledger must survive both. Children are reused, so a
call costs a pickle and not a process start. The limit is processor time, because a text is not at
fault for a busy machine: a call that gets none is tried again, and then raises `Busy`.
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import signal
import sys
import threading
import traceback
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from inspect import isgenerator
from multiprocessing.reduction import ForkingPickler
from queue import LifoQueue
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Self, TypeVar

from mailer.errors import Busy, ContentError, MailerError, Place, Problem
from mailer.wording import Text, _

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from types import TracebackType

Result = TypeVar("Result")

# `fork` would copy the locks of our sender threads; Windows has only `spawn`.
if sys.platform == "win32":
    _CONTEXT = multiprocessing.get_context("spawn")
else:
    _CONTEXT = multiprocessing.get_context("forkserver")
# Without RLIMIT_CPU the wall-clock limit is the only one, and a text that reaches it is rejected.
_HAS_CPU_LIMIT = sys.platform != "win32"
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
        if sys.platform != "win32" and imports:
            # Children inherit what the fork server has loaded. This has no effect if the server
            # is already running.
            _CONTEXT.set_forkserver_preload([*imports, "mailer.sandbox.preloaded"])
        # Last in, first out: sequential calls always use the same warm child, and the others are
        # started only when calls overlap.
        self._slots: LifoQueue[_Child | None] = LifoQueue()
        for _n in range(children):
            self._slots.put(None)
        self._lock = threading.Lock()
        self._children: set[_Child] = set()
        self._results: OrderedDict[bytes, Any] = OrderedDict()
        self._is_closed = False

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
            with suppress(_NotDone):
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
        """Wait for a free child and run the call in it. Raises _NotDone if that was impossible."""
        child = self._slots.get()
        is_usable = False
        try:
            child = child or self._start()
            answer = child.answer(call, wall_s=self._wall_s)
            is_usable = not isinstance(answer, _Raised) or not isinstance(answer.error, MemoryError)
        except _Died as died:
            if self._is_closed:
                raise _NotDone from died
            raise self._refused(where, self._fault(died)) from died
        finally:
            # After an interrupted call the child is still working and must not be reused.
            if child and not is_usable:
                self._end(child)
            self._slots.put(child if is_usable else None)
        return self._outcome(answer, where)

    def _start(self) -> _Child:
        """Start a child. Raises _NotDone when the machine has no memory, process or descriptor."""
        for pause_s in _START_AGAIN_S:
            with suppress(OSError, EOFError):
                child = _Child(
                    memory_bytes=self._memory_bytes, cpu_s=self._cpu_s, imports=self._imports
                )
                with self._lock:
                    if not self._is_closed:
                        self._children.add(child)
                        return child
                child.kill()
                break
            sleep(pause_s)
        raise _NotDone

    def _end(self, child: _Child) -> None:
        child.kill()
        with self._lock:
            self._children.discard(child)

    def _outcome(self, answer: _Returned | _Raised, where: Place) -> Any:
        match answer:
            case _Returned(value):
                return value
            case _Raised(MemoryError() as error):
                raise self._refused(where, self._too_big) from error
            case _Raised(RecursionError() as error):
                raise self._refused(where, _("this is nested too deeply")) from error
            case _Raised(error):
                raise error

    def _refused(self, where: Place, what: Text) -> ContentError:
        return ContentError(Problem(where, what, self._remedy))

    @property
    def _too_big(self) -> Text:
        return _("this needs more than {size} MB of memory", size=self._memory_bytes // 2**20)

    def _fault(self, died: _Died) -> Text:
        if died.was_too_slow:
            return _(
                "this needs more than {seconds} seconds of computing",
                seconds=math.ceil(self._cpu_s),
            )
        return _("reading this made the program crash")


class _NotDone(Exception):
    """The call did not run, or did not finish, for a reason that is not the text's fault."""


@dataclass
class _Died(Exception):
    """The child died during a call."""

    was_too_slow: bool


@dataclass(frozen=True, slots=True)
class _Returned:
    value: Any


@dataclass(frozen=True, slots=True)
class _Yielded:
    """One value of a generator; `_Exhausted` comes after the last."""

    value: Any


@dataclass(frozen=True, slots=True)
class _Exhausted:
    """The end of a generator."""


@dataclass(frozen=True, slots=True)
class _Raised:
    error: Exception


_STARTED = b"started"
# Starting a process also collects the exit codes of ended ones. If two threads collect one code
# at the same time, one of them loses it, so starts and ends are serialised.
_STARTS_AND_ENDS = threading.Lock()


class _Child:
    """One child process, and our end of the pipe to it."""

    def __init__(self, *, memory_bytes: int, cpu_s: float, imports: tuple[str, ...]) -> None:
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(
            target=_serve,
            args=(theirs, memory_bytes, cpu_s, imports, gc.get_threshold()),
            daemon=True,
        )
        with _STARTS_AND_ENDS:
            self._process.start()
        theirs.close()

    def answer(self, call: bytes, *, wall_s: float) -> _Returned | _Raised:
        """Send `call` and return the answer.

        Raises _NotDone when the child was gone before it began, or worked for `wall_s` without
        using up its processor time. Raises _Died when it died during the call. Raises
        RuntimeError when it could not start, which is a bug in the program.
        """
        try:
            self._pipe.send_bytes(call)
            begun = self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            if self._exit_code() == 1:  # Python's own, for an exception
                message = "a child of the sandbox cannot start; its error stands above"
                raise RuntimeError(message) from error
            raise _NotDone from error
        if begun != _STARTED:
            return _unpacked(begun)
        try:
            return self._awaited(until=monotonic() + wall_s)
        except (EOFError, OSError) as error:
            raise _Died(was_too_slow=_met_cpu_limit(self._exit_code())) from error

    def _awaited(self, *, until: float) -> _Returned | _Raised:
        """Return the answer, that of a generator with all its values."""
        values = []
        while self._pipe.poll(max(0.0, until - monotonic())):
            match ForkingPickler.loads(self._pipe.recv_bytes()):
                case _Yielded(value):
                    values.append(value)
                case _Exhausted():
                    return _Returned(values)
                case answer:
                    return answer  # type: ignore[no-any-return]
        if _HAS_CPU_LIMIT:
            raise _NotDone
        raise _Died(was_too_slow=True)

    def kill(self) -> None:
        """Kill the child. It may be in native code, which ignores gentler signals."""
        self._process.kill()
        self._exit_code()

    def _exit_code(self) -> int | None:
        with _STARTS_AND_ENDS:
            self._process.join()
        return self._process.exitcode


def _unpacked(answer: bytes) -> _Returned | _Raised:
    unpacked: _Returned | _Raised = ForkingPickler.loads(answer)
    return unpacked


def _met_cpu_limit(exit_code: int | None) -> bool:
    return sys.platform != "win32" and exit_code == -signal.SIGXCPU


def _serve(
    pipe: Connection,
    memory_bytes: int,
    cpu_s: float,
    imports: tuple[str, ...],
    gc_threshold: tuple[int, int, int],
) -> None:
    """Answer calls in a child until the parent closes the pipe."""
    gc.set_threshold(*gc_threshold)  # as the parent: a fork server knows nothing of it
    # Ctrl-C reaches the whole process group, but only the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for module in imports:
        import_module(module)
    _limit_memory(memory_bytes)
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_answer(pipe, pipe.recv_bytes(), cpu_s=cpu_s))
            _limit_cpu(math.inf)


def _answer(pipe: Connection, call: bytes, *, cpu_s: float) -> bytes:
    try:
        # Unpickling a function imports its module, which is not limited as its own work.
        function, args, kwargs = ForkingPickler.loads(call)
        pipe.send_bytes(_STARTED)
        _limit_cpu(cpu_s)
        result = function(*args, **kwargs)
        if not isgenerator(result):
            return bytes(ForkingPickler.dumps(_Returned(result)))
        for value in result:
            pipe.send_bytes(ForkingPickler.dumps(_Yielded(value)))
        return bytes(ForkingPickler.dumps(_Exhausted()))
    except Exception as error:  # noqa: BLE001 - the caller handles it, in its own process
        if not isinstance(error, MailerError):
            error.add_note(f"In the sandbox:\n{traceback.format_exc()[-4_000:]}")
        return bytes(ForkingPickler.dumps(_Raised(error)))


def _limit_memory(memory_bytes: int) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        # A child that reaches a limit must not dump its memory to disk.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: float) -> None:
    """Let this process use `seconds` more of processor time before the system sends SIGXCPU.

    Only the soft limit changes, so that it can be raised again for the next call.
    """
    if sys.platform != "win32":
        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        used = resource.getrusage(resource.RUSAGE_SELF)
        wanted = used.ru_utime + used.ru_stime + seconds
        soft = hard if math.isinf(wanted) else math.ceil(wanted)
        is_allowed = hard == resource.RLIM_INFINITY or soft <= hard
        resource.setrlimit(resource.RLIMIT_CPU, (soft if is_allowed else hard, hard))
