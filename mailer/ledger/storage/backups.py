"""Makes verified backups of a SQLite ledger, and restores one.

A backup does not know what was sent after it was made: used as it is, it would send messages
twice. So a backup has a version number (`PRAGMA user_version`) with which no ledger is opened.
Only `restore` resets it, after it has made uncertain all deliveries that the backup holds as
unsent.

A PostgreSQL ledger has an administrator, who makes backups (PostgreSQL manual, chapter 25).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from mailer.atomic_write import fsync_folder
from mailer.errors import LedgerError, Place, Problem
from mailer.ledger.storage import tables
from mailer.ledger.storage.access import end_all_access
from mailer.ledger.storage.backup_files import backup_folder, backups_of, is_intact, newest_backup
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.errors import damaged, disk_full, held_by_another, translate_file_errors
from mailer.ledger.storage.home import forget_last_line, place_of_file, settle
from mailer.ledger.storage.in_doubt import stop_what_may_have_left
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.schema import bring_up_to_date
from mailer.ledger.storage.sender_lock import SenderLock
from mailer.model.ledger_place import Restored
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import timedelta

    from mailer.model.actor import Actor
    from mailer.model.mailing import MailingId

BACKUPS_KEPT = 7
"""How many backups are kept: one for each day of a week; less time with many launches."""
_COPY_VERSION = 1
"""SQLite's `user_version` of a backup; a ledger in use has 0, which is SQLite's default."""
_NAME_FORMAT = "%Y%m%dT%H%M%SZ"
_FREE_SPACE_FACTOR = 2
"""How much free space a backup needs, in sizes of the ledger, so that it does not fill the disk."""


class SqliteBackups:
    """Makes backups of a SQLite ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, *, at: datetime, unless_within: timedelta | None = None) -> str:
        if not self._database.is_file:
            return ""
        ledger = Path(self._database.location)
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
    """Replace the backups by a new one, so that no backup holds a person who was erased."""
    if not database.is_file:
        return
    ledger = Path(database.location)
    old = list(backups_of(ledger))
    for copy in old:
        copy.unlink(missing_ok=True)
    if old:
        with suppress(LedgerError):  # on a full disk the next backup is tomorrow's
            _make_copy(ledger, at)


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


def restore(url: str, copy: Path | None = None, *, actor: Actor, at: datetime) -> Restored:
    """Replace the ledger by the backup `copy` (default: the newest that is intact).

    What may have been sent since is not sent by itself: unsent deliveries become uncertain, and
    scheduled mailings whose hour has come are held. The former files stay beside it as
    `….damaged`.

    Raises LedgerError when there is no such backup, when it is damaged, when a process is
    sending, or when the ledger is a PostgreSQL database.
    """
    database = Database(url, patience_s=1)
    database.close()
    if not database.is_file:
        raise _has_administrator(database.location)
    ledger = Path(database.location)
    chosen = copy or newest_backup(ledger)
    if chosen is None or not chosen.is_file() or not is_intact(chosen):
        raise damaged(str(chosen)) if copy else _no_copy(ledger)
    sender_lock = SenderLock(Path(f"{ledger}.sending"))
    if not sender_lock.acquire() and os.name == "posix":
        raise held_by_another(str(ledger))
    try:
        restored = ledger.with_name(f"{ledger.name}.restored")
        _private_copy(chosen, restored)
        held = _prepare_restored(restored, ledger=ledger, actor=actor, at=at, source=chosen.name)
        _replace_ledger(ledger, restored)
        forget_last_line(ledger)
    finally:
        sender_lock.release()
    return Restored(str(chosen), held)


def _make_copy(ledger: Path, at: datetime) -> Path:
    folder = backup_folder(ledger)
    with translate_file_errors(ledger):
        folder.mkdir(mode=0o700, exist_ok=True)
        if shutil.disk_usage(folder).free < _FREE_SPACE_FACTOR * _size_bytes(ledger):
            raise disk_full(str(folder))
        copy = folder / f"{ledger.stem}-{at.strftime(_NAME_FORMAT)}.db"
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
            _fsync(draft)
            os.utime(draft, (at.timestamp(), at.timestamp()))
            draft.replace(copy)
            fsync_folder(folder)
        finally:
            draft.unlink(missing_ok=True)
    return copy


def _size_bytes(ledger: Path) -> int:
    """Return the size of the ledger with its write-ahead log, which holds the latest writes."""
    return sum(file.stat().st_size for file in ledger.parent.glob(f"{ledger.name}*"))


def _private_copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    shutil.copyfile(source, target)


def _prepare_restored(
    restored: Path, *, ledger: Path, actor: Actor, at: datetime, source: str
) -> tuple[MailingId, ...]:
    """Make a usable ledger of the copied backup, in one transaction after its migrations.

    Returns the mailings that are held, because they may have been sent since.
    """
    database = Database(f"sqlite:///{restored}", patience_s=1)
    try:
        bring_up_to_date(database)
        with database.writing() as connection:
            held = stop_what_may_have_left(
                connection,
                actor=actor,
                at=at,
                why=_("restored from the backup {backup}", backup=source),
                made_at=_made_at(source, ledger=ledger),
            )
            if connection.execute(select(tables.home.c.id)).first() is not None:
                settle(connection, place_of_file(ledger, file=restored), at=at)
            end_all_access(connection, at=at)
            write_entry(
                connection, at=at, actor=actor, action="restore", subject="ledger", detail=source
            )
            connection.exec_driver_sql("PRAGMA user_version=0")
    finally:
        database.close()
    for side in ("-wal", "-shm"):
        restored.with_name(f"{restored.name}{side}").unlink(missing_ok=True)
    _fsync(restored)
    return held


def _made_at(name: str, *, ledger: Path) -> datetime | None:
    """Return when a backup was made, by the name that `create` gave it; None for another name."""
    try:
        return datetime.strptime(name, f"{ledger.stem}-{_NAME_FORMAT}.db").replace(tzinfo=UTC)
    except ValueError:
        return None


def _replace_ledger(ledger: Path, restored: Path) -> None:
    """Put the restored file in the place of the ledger.

    The -wal and -shm files are moved away first: SQLite would apply the old log to the new file.
    """
    for side in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            ledger.with_name(f"{ledger.name}{side}").replace(f"{ledger}.damaged{side}")
    if ledger.stat().st_size:
        _private_copy(ledger, Path(f"{ledger}.damaged"))
    restored.replace(ledger)
    fsync_folder(ledger.absolute().parent)


def _fsync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _no_copy(ledger: Path) -> LedgerError:
    return LedgerError(
        Problem(
            Place(str(ledger)),
            _("There is no backup of this ledger that is whole."),
            _("Look for one made by the machine's own backups, and name it."),
        )
    )


def _has_administrator(place: str) -> LedgerError:
    return LedgerError(
        Problem(
            Place(place),
            _("This ledger is a PostgreSQL database."),
            _("Its administrator restores it; then look at the status before sending."),
            Remedy(RemedyAct.SEE_STATUS),
        )
    )
