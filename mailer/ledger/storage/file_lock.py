"""Locks on files beside a SQLite ledger, by which the processes on one machine know each other."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from weakref import finalize

_LOCKS = Path("/proc/locks")


class FileLock:
    """A lock on a file, shared by several holders or held by one alone.

    The operating system releases it when the process dies. Windows has no such lock: there nobody
    ever holds it alone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._close: finalize[[int], FileLock] | None = None

    def acquire_alone(self) -> bool:
        """Acquire the lock without waiting; returns False when somebody else holds it.

        A shared lock that this object holds already is given up in either case.
        """
        return sys.platform != "win32" and self._lock(exclusive=True)

    def acquire_shared(self) -> bool:
        """Acquire or keep the lock together with others; returns False when one holds it alone."""
        return sys.platform == "win32" or self._lock(exclusive=False)

    def release(self) -> None:
        if self._close is not None:
            self._close()
            self._close = self._descriptor = None

    def holders(self) -> tuple[int, ...]:
        """Return the processes that hold the lock, where Linux names them."""
        try:
            number = str(self._path.stat().st_ino)
            lines = _LOCKS.read_text(encoding="ascii", errors="replace").splitlines()
        except OSError:
            return ()
        held = [line.split() for line in lines if " FLOCK " in line]
        # 1: FLOCK ADVISORY READ 4711 08:01:131073 0 EOF (proc_locks(5)); a lock that is only
        # waited for has an arrow in the second place.
        found = {int(each[4]) for each in held if each[1] == "FLOCK" and _inode(each[5]) == number}
        return tuple(sorted(found - {os.getpid()}))

    def _lock(self, *, exclusive: bool) -> bool:
        import fcntl  # noqa: PLC0415 — does not exist on Windows

        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            # A ledger that nobody closes gives its lock back with its last reference.
            self._close = finalize(self, os.close, self._descriptor)
        with suppress(BlockingIOError):
            fcntl.flock(
                self._descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB
            )
            return True
        return False


def _inode(place: str) -> str:
    return place.rpartition(":")[2]
