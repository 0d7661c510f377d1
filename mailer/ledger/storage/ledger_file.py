"""The file of a SQLite ledger: created privately, known to be open, and never replaced unnoticed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mailer.errors import LedgerError, Place, Problem, reason_of
from mailer.host.atomic_write import make_private_folder
from mailer.ledger.storage.errors import (
    damaged,
    held_by_another,
    restore_interrupted,
    was_replaced,
)
from mailer.ledger.storage.file_lock import FileLock
from mailer.ledger.storage.file_systems import keeps_file_numbers, refuse_network_file_systems
from mailer.wording import _, to_administrator

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN_LOCK = ".open"
_MARKER = ".restoring"


class LedgerFile:
    """The file of a ledger while a program has it open.

    Everybody who has it open shares a lock on a file beside it, so that a restore knows of them.
    Whatever else puts another file in its place is noticed after each transaction.
    """

    def __init__(self, location: str) -> None:
        """Open the file, or create it. Raises LedgerError while a restore is under way or was
        interrupted, and when the file cannot be used.
        """
        self._location = location
        self.path = Path(location).resolve()
        refuse_network_file_systems(Path(location))
        self._lock = open_lock(self.path)
        with _translate_creation(location):
            make_private_folder(self.path.parent)
            if not self._lock.acquire_shared():
                raise held_by_another(location)
        try:
            _refuse_interrupted(self.path, location)
            with _translate_creation(location):
                _create_privately(self.path)
        except BaseException:
            self._lock.release()
            raise
        self._number = _number(self.path) if keeps_file_numbers(self.path) else None

    def require_in_place(self) -> None:
        """Raise LedgerError when another file was put in the place of the one that is open.

        What is written now would be lost with the former file, without a word.
        """
        if self._number is not None and _number(self.path) != self._number:
            raise was_replaced(self._location)

    def refuse_emptied(self) -> None:
        """Raise LedgerError when the file has no content: it was a ledger, and is damaged."""
        if not self.path.stat().st_size:
            raise damaged(self._location)

    def close(self) -> None:
        self._lock.release()


def beside(ledger: Path, suffix: str) -> Path:
    """Return the path of a file that belongs to a ledger, such as its write-ahead log."""
    return ledger.with_name(f"{ledger.name}{suffix}")


def open_lock(ledger: Path) -> FileLock:
    """Return the lock that everybody shares who has the ledger open."""
    return FileLock(beside(ledger, _OPEN_LOCK))


def marker_of(ledger: Path) -> Path:
    """Return the file that is there while a restore replaces the ledger."""
    return beside(ledger, _MARKER)


def _refuse_interrupted(path: Path, location: str) -> None:
    if marker_of(path).exists():
        raise restore_interrupted(location)


def _number(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def _translate_creation(location: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LedgerError(
            Problem(
                Place(location),
                _("The ledger cannot be created: {reason}.", reason=reason_of(error)),
                to_administrator(
                    _("Check the path in [ledger] url, and the rights on the file and its folder.")
                ),
            )
        ) from error


def _create_privately(path: Path) -> None:
    """Create the file readable by its owner only; SQLite gives its -wal and -shm the same mode.

    It appears with SQLite's header in it: a ledger without a byte was cut off, and is never new.
    """
    if not path.exists():
        _link_new_database(path)
    if not os.access(path, os.R_OK | os.W_OK):
        # Fails, and says why. A ledger that can be opened is left to SQLite: closing it would
        # end the locks that other connections of this process have on it.
        os.close(os.open(path, os.O_RDWR))


def _link_new_database(path: Path) -> None:
    """Make an empty database under another name, and give it its name if nobody did meanwhile."""
    with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}-") as folder:
        new = Path(folder) / path.name
        os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(new)) as database:
            database.execute("PRAGMA journal_mode=WAL")  # writes the header
        with suppress(FileExistsError):
            new.rename(path) if os.name == "nt" else os.link(new, path)
