"""Runs a pure function in a child process that may crash, hang or eat memory instead of us.

Native code dies of crafted input (mrml on deep nesting: SIGSEGV), and pure code can loop
for ever; the process that holds the ledger must survive both. One child is kept and used
again, so a call costs a pickle, not a start; a child that dies is replaced.
"""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from typing import TYPE_CHECKING, Self, TypeVar

from mailer.errors import ContentError, Place, Problem
from mailer.wording import Text, _

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

Result = TypeVar("Result")

# `fork` would copy the locks of our sender threads; Windows has only `spawn`.
_LONGEST_START_S = 60.0
_START = "spawn" if sys.platform == "win32" else "forkserver"


class Sandbox:
    """A child with limits for each call: `seconds` of wall time, `memory_bytes` of address space.

    `imports` are modules the child loads before its first call, outside the time limit.
    The memory limit holds on POSIX; elsewhere only time is bounded. Functions and their
    arguments must be picklable. A context manager; leaving it ends the child.
    """

    def __init__(self, *, seconds: float, memory_bytes: int, imports: tuple[str, ...] = ()) -> None:
        self._imports = imports
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._pool: ProcessPoolExecutor | None = None

    def run(
        self, function: Callable[..., Result], /, *args: object, where: Place, **kwargs: object
    ) -> Result:
        """What `function` returns; its own exceptions pass through.

        Raises ContentError, placed at `where`, when the child was too slow, ran out of
        memory or died.
        """
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context(_START),
                initializer=_limit_memory,
                initargs=(self._memory_bytes,),
            )
            # The child's start and imports are ours to pay, not the function's: on a busy
            # machine they can take longer than the work.
            ready = self._pool.submit(_import, (function.__module__, *self._imports))
            ready.result(_LONGEST_START_S)
        try:
            return self._pool.submit(function, *args, **kwargs).result(timeout=self._seconds)
        except TimeoutError as error:
            self._kill()
            raise _refused(
                where, _("this took longer than {seconds} seconds", seconds=self._seconds)
            ) from error
        except (BrokenProcessPool, MemoryError) as error:
            self._kill()
            what = (
                _("this needs more than {size} MB of memory", size=self._memory_bytes // 2**20)
                if isinstance(error, MemoryError)
                else _("this made the renderer crash")
            )
            raise _refused(where, what) from error

    def close(self) -> None:
        self._kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _kill(self) -> None:
        """Ends the child at once: it may be deep in native code, deaf to anything gentler."""
        if self._pool is None:
            return
        for process in list((self._pool._processes or {}).values()):  # noqa: SLF001 - no public way before 3.14
            process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def _import(modules: tuple[str, ...]) -> None:
    for module in modules:
        import_module(module)


def _limit_memory(memory_bytes: int) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _refused(where: Place, what: Text) -> ContentError:
    return ContentError(
        Problem(
            where,
            what,
            _("Look for endless loops, very deep nesting or a very large text, and cut it down."),
        )
    )
