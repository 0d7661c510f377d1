"""A lock that proves, on one machine, that no other process is sending."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class SenderLock:
    """A lock on a file beside a SQLite ledger, held while this ledger is open.

    The operating system releases it when the process dies. A process that acquires it knows
    that the former holder is dead, and need not wait for its leases to end.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Acquire the lock; returns False when another process or another ledger object has it.

        Always returns False on Windows, where only the end of its lease shows a dead worker.
        """
        if sys.platform == "win32":
            return False
        import fcntl  # noqa: PLC0415 — does not exist on Windows

        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
