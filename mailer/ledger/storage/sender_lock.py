"""A lock that proves, on one machine, that no other process is sending."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from mailer.ledger.storage.file_lock import FileLock
from mailer.ledger.storage.ledger_file import beside

if TYPE_CHECKING:
    from pathlib import Path

_TRIES = 100
_PAUSE_S = 0.05


class SenderLock:
    """A lock that all senders of a SQLite ledger share, from their first claim until they close it.

    A process that holds it alone knows that nobody else is sending, and need not wait for the
    leases of dead workers to end. Because everybody holds it, that stays true when several
    services overlapped and the first of them has ended.
    """

    def __init__(self, ledger: Path) -> None:
        self._lock = FileLock(beside(ledger, ".sending"))

    def nobody_else_sends(self) -> bool:
        """Return whether nobody else sends; nobody begins to until `announce` or `release`.

        Always False on Windows, where only the end of its lease shows a dead worker.
        """
        return self._lock.acquire_alone()

    def announce(self) -> bool:
        """Share the lock with the other senders. Returns False when one holds it alone for long:
        it takes back chunks meanwhile, and would take back ours.
        """
        pause = Event()
        for _try in range(_TRIES):
            if self._lock.acquire_shared():
                return True
            pause.wait(_PAUSE_S)
        return False

    def release(self) -> None:
        self._lock.release()
