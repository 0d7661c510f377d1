"""Store posts durably before they are answered, many in one commit."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MAX_GROUP_SIZE = 64


@dataclass(frozen=True, slots=True)
class _Waiting:
    body: bytes
    kept: Future[None] = field(default_factory=Future)


class _NotKeptError(Exception):
    """A group was not stored. Nobody who waits for it may be ended by what ended the writing."""


class Intake:
    """A bounded queue before the ledger: while one group is written, the next one fills.

    `keep` writes a group durably, or raises: then none of it is stored, and each future has the
    error. At most `size` posts wait.
    """

    def __init__(self, keep: Callable[[Sequence[bytes]], None], *, size: int) -> None:
        self._keep = keep
        self._queue: Queue[_Waiting | None] = Queue(size)
        self._thread = Thread(target=self._run, name="intake", daemon=True)
        self._thread.start()

    def put(self, body: bytes) -> Future[None]:
        """Queue `body`. Returns a future that is done when it is durable.

        Raises queue.Full when too many posts wait and the provider must retry.
        """
        waiting = _Waiting(body)
        self._queue.put_nowait(waiting)
        return waiting.kept

    def close(self) -> None:
        """Write the waiting posts, and end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            group = [first]
            is_last = False
            while len(group) < _MAX_GROUP_SIZE:
                try:
                    waiting = self._queue.get_nowait()
                except Empty:
                    break
                if waiting is None:
                    is_last = True
                    break
                group.append(waiting)
            self._write(group)
            if is_last:
                return

    def _write(self, group: Sequence[_Waiting]) -> None:
        # From here on nobody can cancel these: what is waited for is answered.
        asked = [waiting for waiting in group if waiting.kept.set_running_or_notify_cancel()]
        try:
            self._keep([waiting.body for waiting in group])
        except BaseException as error:  # noqa: BLE001 — an intake that ended would keep every post waiting
            told = error if isinstance(error, Exception) else _NotKeptError(repr(error))
            for waiting in asked:
                waiting.kept.set_exception(told)
        else:
            for waiting in asked:
                waiting.kept.set_result(None)
