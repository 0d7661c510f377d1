"""One child process with limits, which answers calls one after another."""

from __future__ import annotations

import gc
import math
import multiprocessing
import signal
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from inspect import isgenerator
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from mailer.errors import MailerError

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# `fork` would copy the locks of our sender threads; Windows has only `spawn`.
if sys.platform == "win32":
    CONTEXT = multiprocessing.get_context("spawn")
else:
    CONTEXT = multiprocessing.get_context("forkserver")
# Without RLIMIT_CPU the wall-clock limit is the only one, and a text that reaches it is rejected.
_HAS_CPU_LIMIT = sys.platform != "win32"


class NotDone(Exception):
    """The call did not run, or did not finish, for a reason that is not the text's fault."""


@dataclass
class Died(Exception):
    """The child died during a call."""

    was_too_slow: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """What a call has returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class _Yielded:
    """One value of a generator; `_Exhausted` comes after the last."""

    value: Any


@dataclass(frozen=True, slots=True)
class _Exhausted:
    """The end of a generator."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What a call has raised."""

    error: Exception


_STARTED = b"started"
# Starting a process also collects the exit codes of ended ones. If two threads collect one code
# at the same time, one of them loses it, so starts and ends are serialised.
_STARTS_AND_ENDS = threading.Lock()


class Child:
    """One child process, and our end of the pipe to it.

    With `is_fork` it is a fork of this process; see `Sandbox.fork`.
    """

    def __init__(
        self,
        *,
        memory_bytes: int,
        cpu_s: float,
        imports: tuple[str, ...],
        is_fork: bool = False,
    ) -> None:
        context = multiprocessing.get_context("fork") if is_fork else CONTEXT
        self._pipe, theirs = context.Pipe()
        limits = (memory_bytes, cpu_s, imports, gc.get_threshold())
        self._process = context.Process(
            target=_serve_as_fork if is_fork else _serve,
            args=(self._pipe, theirs, *limits) if is_fork else (theirs, *limits),
            daemon=True,
        )
        with _STARTS_AND_ENDS:
            self._process.start()
        theirs.close()

    def answer(self, call: bytes, *, wall_s: float) -> Returned | Raised:
        """Send `call` and return the answer.

        Raises NotDone when the child was gone before it began, or worked for `wall_s` without
        using up its processor time. Raises Died when it died during the call. Raises
        RuntimeError when it could not start, which is a bug in the program.
        """
        try:
            self._pipe.send_bytes(call)
            begun = self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            if self._exit_code() == 1:  # Python's own, for an exception
                message = "a child of the sandbox cannot start; its error stands above"
                raise RuntimeError(message) from error
            raise NotDone from error
        if begun != _STARTED:
            return _unpacked(begun)
        try:
            return self._awaited(until=monotonic() + wall_s)
        except (EOFError, OSError) as error:
            raise Died(was_too_slow=_met_cpu_limit(self._exit_code())) from error

    def _awaited(self, *, until: float) -> Returned | Raised:
        """Return the answer, that of a generator with all its values."""
        values = []
        while self._pipe.poll(max(0.0, until - monotonic())):
            match ForkingPickler.loads(self._pipe.recv_bytes()):
                case _Yielded(value):
                    values.append(value)
                case _Exhausted():
                    return Returned(values)
                case answer:
                    return answer  # type: ignore[no-any-return]
        if _HAS_CPU_LIMIT:
            raise NotDone
        raise Died(was_too_slow=True)

    def kill(self) -> None:
        """Kill the child. It may be in native code, which ignores gentler signals."""
        self._process.kill()
        self._exit_code()

    def _exit_code(self) -> int | None:
        with _STARTS_AND_ENDS:
            self._process.join()
        return self._process.exitcode


def _unpacked(answer: bytes) -> Returned | Raised:
    unpacked: Returned | Raised = ForkingPickler.loads(answer)
    return unpacked


def _met_cpu_limit(exit_code: int | None) -> bool:
    return sys.platform != "win32" and exit_code == -signal.SIGXCPU


def _serve_as_fork(
    of_parent: Connection,
    pipe: Connection,
    *limits: Any,
) -> None:
    """Answer calls in a fork of the parent, from which it has its end of the pipe too."""
    of_parent.close()  # or this process would never see that the parent has closed it
    gc.freeze()  # or the collector would copy the memory that both share
    _serve(pipe, *limits)


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
            return bytes(ForkingPickler.dumps(Returned(result)))
        for value in result:
            pipe.send_bytes(ForkingPickler.dumps(_Yielded(value)))
        return bytes(ForkingPickler.dumps(_Exhausted()))
    except Exception as error:  # noqa: BLE001 - the caller handles it, in its own process
        if not isinstance(error, MailerError):
            error.add_note(f"In the sandbox:\n{traceback.format_exc()[-4_000:]}")
        return bytes(ForkingPickler.dumps(Raised(error)))


def address_space_bytes() -> int:
    """Return how large the address space of this process is (proc_pid_statm(5)); Linux only."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    return int(pages) * resource.getpagesize()


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
