"""Group commit: the marks and outcomes of all connections share transactions.

A commit costs one flush of the disk, however much it holds. While one group is being
committed, the requests of all other connections gather and become the next group: on a slow
disk the groups grow, so that durability does not limit the sending rate.
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
from mailer.model.mailings.delivery import Concern, Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.ledger.storage.database import Database
    from mailer.model.mailings.message import DeliveryId

Answer = TypeVar("Answer")

_SHARE_COMMIT_S = 0.02
"""How long an outcome waits for the next mark of its connection, to share its commit."""
_RETRY_S = 2.0
"""How often unwritten outcomes are retried."""
_CONFLICTS = 5
_NOT_SENT = Deferred("", retry_after_s=0, concern=Concern.CONNECTION)


def wait_for_answer(queue: SimpleQueue[Answer | Exception]) -> Answer:
    """Wait for the writer's answer to one request and return it; an error is raised.

    A queue for each request costs a tenth of a `Future` (measured).
    """
    answer = queue.get()
    if isinstance(answer, Exception):
        raise answer
    return answer


class Writer:
    """The thread that writes all marks and outcomes, in the order they came.

    While the ledger cannot be written, marks fail, so that nothing more is sent, and outcomes
    are kept and retried.
    """

    def __init__(self, database: Database) -> None:
        self._connection = PinnedConnection(database)
        self._by_database_clock = database.has_clock
        self._lock = Lock()
        self._wake = Condition(self._lock)
        self._requests: list[Request] = []
        self._has_waiting_mark = False
        self._is_closing = False
        self._unwritten: list[Settlement] = []
        self._thread: Thread | None = None

    def put(self, request: Request) -> None:
        """Queue a request for the thread, which is started by the first one."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="ledger-writer", daemon=True)
                self._thread.start()
            self._requests.append(request)
            if not isinstance(request, Settlement):
                self._has_waiting_mark = True
            elif len(self._requests) != 1:
                return  # it shares the next commit: waking the thread costs more than writing a row
            self._wake.notify()

    def close(self) -> None:
        """Write what is left and end the thread.

        Raises LedgerError when it cannot be written: the deliveries whose outcomes are lost
        become uncertain.
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
        wait_for_answer(last.done)

    def _run(self) -> None:
        while (group := self._gather()) or not self._is_closing:
            self._write(group)
        self._connection.close()

    def _gather(self) -> list[Request]:
        """Wait for requests and return them as one group.

        A group without a mark waits a moment for one, to share its commit. Outcomes that could
        not be written are retried after a pause even when no request comes.
        """
        with self._lock:
            retry_s = _RETRY_S if self._unwritten else None
            self._wake.wait_for(lambda: self._requests or self._is_closing, retry_s)
            if self._requests and not self._has_waiting_mark:
                self._wake.wait_for(lambda: self._has_waiting_mark, _SHARE_COMMIT_S)
            group, self._requests = self._requests, []
            self._has_waiting_mark = False
        return group

    def _write(self, group: Sequence[Request]) -> None:
        marks = [request for request in group if isinstance(request, Mark)]
        flushes = [request for request in group if isinstance(request, Flush)]
        self._unwritten += [request for request in group if isinstance(request, Settlement)]
        try:
            granted = self._commit(marks) if marks or self._unwritten else []
        except Exception as error:  # noqa: BLE001 — the thread's outermost loop: every waiting request gets the error
            self._fail(marks, flushes, error)
            return
        self._unwritten.clear()
        for mark, ids in granted:
            mark.granted.put(ids)
        for flush in flushes:
            flush.done.put(None)

    def _commit(self, marks: Sequence[Mark]) -> list[tuple[Mark, frozenset[DeliveryId]]]:
        conflicts = 0
        while True:
            try:
                with self._connection.writing() as connection:
                    return write_group(
                        connection,
                        settlements=self._unwritten,
                        marks=marks,
                        by_database_clock=self._by_database_clock,
                    )
            except LedgerError as error:
                # The database has rolled the transaction back, so that a retry is safe.
                conflicts += 1
                if not is_conflict(error) or conflicts == _CONFLICTS:
                    raise

    def _fail(self, marks: Sequence[Mark], flushes: Sequence[Flush], error: Exception) -> None:
        # The answers come first: a connection that got none would wait for ever.
        for mark in marks:
            mark.granted.put(error)
        for flush in flushes:
            flush.done.put(error)
        # The commit may have happened although its answer was lost. The connection gets an error
        # and sends nothing, so a later commit makes any row that did become `sending` deferred.
        self._unwritten += [
            Settlement(mark.claim, delivery_id, _NOT_SENT, mark.now)
            for mark in marks
            for delivery_id in mark.delivery_ids
        ]
