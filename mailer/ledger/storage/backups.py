"""Makes verified backups of a SQLite ledger.

A backup does not know what was sent after it was made: used as it is, it would send messages
twice. So a backup has a version number (`PRAGMA user_version`) with which no ledger is opened.
Only `mailer.ledger.restoring` resets it, after it has made uncertain all deliveries that the
backup holds as unsent.

A PostgreSQL ledger has an administrator, who makes backups (PostgreSQL manual, chapter 25).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from mailer.errors import LedgerError, Place, Problem
from mailer.host.atomic_write import fsync_file, fsync_folder
from mailer.host.folder_lock import only_one_in
from mailer.ledger.storage.anchors import note_anchor
from mailer.ledger.storage.backup_files import backup_folder, backups_of, is_intact
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.errors import damaged, disk_full, translate_file_errors
from mailer.ledger.storage.ledger_file import beside
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta
    from pathlib import Path

    from mailer.ledger.storage.database import Database

BACKUPS_KEPT = 7
"""How many backups are kept: one for each day of a week; less time with many launches."""
_COPY_VERSION = 1
"""SQLite's `user_version` of a backup; a ledger in use has 0, which is SQLite's default."""
BACKUP_NAME_FORMAT = "%Y%m%dT%H%M%SZ"
"""How the name of a backup says when it was made."""
_ROUNDING_S = 0.001
"""How far a file system may round the time of a backup."""
_FREE_SPACE_FACTOR = 2
"""How much free space a backup needs, in sizes of the ledger, so that it does not fill the disk."""


class SqliteBackups:
    """Makes backups of a SQLite ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, *, at: datetime, unless_within: timedelta | None = None) -> str:
        if not self._database.is_file:
            return ""
        ledger = self._database.path
        with _by_one_at_a_time(ledger):
            _remove_made_before_erasure(self._database)
            newest = next(backups_of(ledger), None)
            if unless_within is not None and newest is not None:
                age_s = at.timestamp() - newest.stat().st_mtime
                if 0 <= age_s < unless_within.total_seconds():
                    return ""
            copy = _make_copy(ledger, at)
            for old in list(backups_of(ledger))[BACKUPS_KEPT:]:
                old.unlink(missing_ok=True)
        return str(copy)


def replace_backups(database: Database, *, at: datetime) -> None:
    """Replace the backups by a new one, so that no backup holds a person who was erased.

    If this is interrupted, the next backup goes on.
    """
    if not database.is_file:
        return
    ledger = database.path
    if any(backups_of(ledger)):
        with _by_one_at_a_time(ledger):
            # On a full disk the old ones go all the same, and the next backup is tomorrow's.
            with suppress(LedgerError):
                _make_copy(ledger, at)
            _remove_made_before(ledger, at)


@contextmanager
def _by_one_at_a_time(ledger: Path) -> Iterator[None]:
    """Wait until no other process makes or removes backups, so that a day gets one, and no copy
    takes the name of another that is half made. On Windows only threads wait.
    """
    folder = backup_folder(ledger)
    with translate_file_errors(ledger):
        folder.mkdir(mode=0o700, exist_ok=True)
    with only_one_in(folder):
        yield


def _remove_made_before_erasure(database: Database) -> None:
    """Remove the backups that still hold a person who was erased after they were made."""
    with database.reading() as connection:
        erased_at = connection.scalar(select(func.max(tables.forgotten.c.at)))
    if erased_at is not None:
        _remove_made_before(database.path, erased_at)


def _remove_made_before(ledger: Path, instant: datetime) -> None:
    for copy in list(backups_of(ledger)):
        if copy.stat().st_mtime < instant.timestamp() - _ROUNDING_S:
            copy.unlink(missing_ok=True)


def refuse_backup(database: Database) -> None:
    """Raise LedgerError when the database is a backup, which does not know what was sent since."""
    if not database.is_file:
        return
    with database.reading() as connection:
        if connection.scalar(text("PRAGMA user_version")) == _COPY_VERSION:
            raise LedgerError(
                Problem(
                    Place(database.location),
                    _("This is a backup: it does not know what left after it was made."),
                    _("Put it in the ledger's place."),
                    Remedy(RemedyAct.RESTORE_BACKUP),
                )
            )


def _make_copy(ledger: Path, at: datetime) -> Path:
    folder = backup_folder(ledger)
    with translate_file_errors(ledger):
        if shutil.disk_usage(folder).free < _FREE_SPACE_FACTOR * _size_bytes(ledger):
            raise disk_full(str(folder))
        copy = folder / f"{ledger.stem}-{at.strftime(BACKUP_NAME_FORMAT)}.db"
        draft = copy.with_suffix(".part")
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            # One read transaction, so that writers can go on (sqlite.org/lang_vacuum.html).
            with closing(sqlite3.connect(ledger, isolation_level=None)) as source:
                source.execute("VACUUM INTO ?", (str(draft),))
            with closing(sqlite3.connect(draft, isolation_level=None)) as marked:
                marked.execute(f"PRAGMA user_version={_COPY_VERSION}")
            if not is_intact(draft):
                raise damaged(str(ledger))
            fsync_file(draft)
            os.utime(draft, (at.timestamp(), at.timestamp()))
            draft.replace(copy)
            note_anchor(copy, at=at)
            fsync_folder(folder)
        finally:
            draft.unlink(missing_ok=True)
    return copy


def _size_bytes(ledger: Path) -> int:
    """Return the size of the ledger with its write-ahead log, which holds the latest writes."""
    files = (ledger, beside(ledger, "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
