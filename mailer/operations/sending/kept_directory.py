"""Keeps what was read of the directory, for the pages of the desk, until something changes."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from mailer.operations.sending.audience import Directory

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.ports import Ledger


class KeptDirectory:
    """The directory as it was last read, and read again when the ledger counts a change.

    Selecting among a hundred thousand contacts takes seconds, and several people look at the same
    campaign. It is for what is only shown: a launch and a start read the directory themselves.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._directory: Directory | None = None
        self._changes = -1

    def at(self, now: datetime) -> Directory:
        """Return the directory with every change that was committed before this call."""
        # Counted before anything is read: what changes in between makes the next call read again.
        changes = self._ledger.directory_changes.count()
        with self._lock:
            kept = self._directory
            if kept is None or changes != self._changes or not kept.holds_at(now):
                kept = Directory(self._ledger, now=now)
                self._directory, self._changes = kept, changes
            return kept
