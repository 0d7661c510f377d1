"""Group commit: the marks and outcomes of all connections share their transactions.

A commit costs a disk's flush whatever it holds. While one group is being committed, the
requests of every other connection gather in the inbox and make the next group: on a slow
disk the groups grow, and durability is never the limit.
"""

from __future__ import annotations

from queue import SimpleQueue
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING, TypeVar

from mailer.errors import LedgerError
from mailer.ledger.sending.group_commit import write_group
from mailer.ledger.sending.requests import Flush, Mark, Request, Settlement
from mailer.ledger.storage.database import PinnedConnection
from mailer.ledger.storage.errors import is_conflict
from mailer.model.delivery import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.ledger.storage.database import Database
    from mailer.model.message import DeliveryId

Found = TypeVar("Found")

_SHARE_COMMIT_S = 0.02
"""How long an outcome waits for the next mark of its connection, to share its commit."""
_RETRY_S = 2.0
"""How often unwritten outcomes are retried."""
_CONFLICTS = 5


def answer(queue: SimpleQueue[Found | Exception]) -> Found:
    """Wait for the writer's answer to one request; raises it when it is an error.

    A queue of one costs a tenth of a `Future` (measured).
    """
    found = queue.get()
    if isinstance(found, Exception):
        raise found
    return found


class Writer:
    """The one thread that writes marks and outcomes, in the order they came.

    When the ledger cannot be written, marks fail, so that nothing more is sent, and outcomes
    are kept and retried until it can.
    """

    def __init__(self, database: Database) -> None:
        self._kept = PinnedConnection(database)
        self._lock = Lock()
        self._wake = Condition(self._lock)
        self._inbox: list[Request] = []
        self._has_waiting_mark = False
        self._is_closing = False
        self._unwritten: list[Settlement] = []
        self._thread: Thread | None = None

    def put(self, request: Request) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="ledger-writer", daemon=True)
                self._thread.start()
            self._inbox.append(request)
            if not isinstance(request, Settlement):
                self._has_waiting_mark = True
            elif len(self._inbox) > 1:
                return  # it shares the next commit: waking the thread costs more than writing a row
            self._wake.notify()

    def close(self) -> None:
        """Write what is left and end the thread.

        Raises LedgerError when that is impossible: the outcomes lost are found later as
        uncertain deliveries.
        """
        if self._thread is None:
            return
        last = Flush(SimpleQueue())
        self.put(last)
        with self._lock:
            self._is_closing = True
            self._wake.notify()
        self._thread.join()
        self._thread, self._is_closing = None, False
        answer(last.done)

    def _run(self) -> None:
        while (group := self._gather()) or not self._is_closing:
            self._write(group)
        self._kept.close()

    def _gather(self) -> list[Request]:
        """Wait for requests and return them as one group.

        Outcomes alone wait a moment for a mark, to share its commit. Outcomes that could not be
        written are retried after a pause even when nothing new comes.
        """
        with self._lock:
            again_s = _RETRY_S if self._unwritten else None
            self._wake.wait_for(lambda: self._inbox or self._is_closing, again_s)
            if self._inbox and not self._has_waiting_mark:
                self._wake.wait_for(lambda: self._has_waiting_mark, _SHARE_COMMIT_S)
            group, self._inbox = self._inbox, []
            self._has_waiting_mark = False
        return group

    def _write(self, group: Sequence[Request]) -> None:
        marks = [request for request in group if isinstance(request, Mark)]
        flushes = [request for request in group if isinstance(request, Flush)]
        self._unwritten += [request for request in group if isinstance(request, Settlement)]
        try:
            granted = self._commit(marks) if marks or self._unwritten else []
        except Exception as error:  # noqa: BLE001 — the thread's outermost loop: every waiting request gets the error
            self._refuse(marks, flushes, error)
            return
        self._unwritten.clear()
        for mark, ids in zip(marks, granted, strict=True):
            mark.granted.put(ids)
        for flush in flushes:
            flush.done.put(None)

    def _commit(self, marks: Sequence[Mark]) -> list[frozenset[DeliveryId]]:
        for attempt in range(_CONFLICTS):
            try:
                with self._kept.writing() as connection:
                    return write_group(connection, settlements=self._unwritten, marks=marks)
            except LedgerError as error:
                # A deadlock's victim was rolled back for certain: doing it again is safe.
                if not is_conflict(error) or attempt == _CONFLICTS - 1:
                    raise
        raise AssertionError  # the loop returns or raises

    def _refuse(self, marks: Sequence[Mark], flushes: Sequence[Flush], error: Exception) -> None:
        # The commit may have happened although its answer was lost. The connection is refused
        # and sends nothing, so a row that did become `sending` is put back with a later commit.
        self._unwritten += [
            Settlement(mark.claim, delivery_id, Deferred("", retry_after_s=0), mark.now)
            for mark in marks
            for delivery_id in mark.delivery_ids
        ]
        for mark in marks:
            mark.granted.put(error)
        for flush in flushes:
            flush.done.put(error)
