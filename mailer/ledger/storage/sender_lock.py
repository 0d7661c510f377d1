"""Proof, on one machine, that no other process is sending."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class SenderLock:
    """A lock on a file beside a SQLite ledger, held while this ledger is open.

    The system drops it when its process dies, however it dies. Whoever gets it knows that
    the former holder is gone, and need not wait for its leases to end.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def is_proved(self) -> bool:
        """Takes the lock; False when another process, or another ledger of this one, has it."""
        if sys.platform == "win32":
            return False  # there the leases decide
        import fcntl  # noqa: PLC0415 — does not exist on Windows

        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def end(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
