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
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select, text, update

from mailer.atomic_write import fsync_folder
from mailer.errors import LedgerError, Place, Problem
from mailer.ledger.storage import tables
from mailer.ledger.storage.backup_files import backup_folder, backups_of, is_intact, newest_backup
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.errors import damaged, disk_full, held_by_another, translate_file_errors
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.schema import bring_up_to_date
from mailer.ledger.storage.sender_lock import SenderLock
from mailer.model.delivery import DeliveryStatus
from mailer.model.mailing import MailingState
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import Connection

    from mailer.model.actor import Actor

BACKUPS_KEPT = 7
"""How many backups are kept: one for each day of a week; less time with many launches."""
_COPY_VERSION = 1
"""SQLite's `user_version` of a backup; a ledger in use has 0, which is SQLite's default."""
_NAME_FORMAT = "%Y%m%dT%H%M%SZ"
_FREE_SPACE_FACTOR = 2
"""How much free space a backup needs, in sizes of the ledger, so that it does not fill the disk."""
_UNSENT = (DeliveryStatus.PENDING, DeliveryStatus.DEFERRED, DeliveryStatus.SENDING)


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


def restore(url: str, copy: Path | None = None, *, actor: Actor, at: datetime) -> Path:
    """Replace the ledger by the backup `copy` (default: the newest that is intact); returns its
    path.

    Unsent deliveries become uncertain, and scheduled mailings whose time has come become missed:
    events or a person resolve them, and nobody gets a message twice. The former files stay
    beside it as `….damaged`.

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
        _prepare_restored(restored, actor=actor, at=at, source=chosen.name)
        _replace_ledger(ledger, restored)
    finally:
        sender_lock.release()
    return chosen


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


def _prepare_restored(restored: Path, *, actor: Actor, at: datetime, source: str) -> None:
    """Make a usable ledger of the copied backup, in one transaction after its migrations."""
    database = Database(f"sqlite:///{restored}", patience_s=1)
    try:
        bring_up_to_date(database)
        with database.writing() as connection:
            _make_unsent_uncertain(connection, at=at, source=source)
            write_entry(
                connection, at=at, actor=actor, action="restore", subject="ledger", detail=source
            )
            connection.exec_driver_sql("PRAGMA user_version=0")
    finally:
        database.close()
    for side in ("-wal", "-shm"):
        restored.with_name(f"{restored.name}{side}").unlink(missing_ok=True)
    _fsync(restored)


def _make_unsent_uncertain(connection: Connection, *, at: datetime, source: str) -> None:
    """Make uncertain the deliveries, and missed the mailings, that may have been sent since the
    backup was made.
    """
    why = _(
        "the ledger was restored from the backup {backup}, and it may have been sent", backup=source
    )
    mailing, delivery, chunk = tables.mailing.c, tables.delivery.c, tables.chunk.c
    ahead = (MailingState.SCHEDULED, MailingState.PAUSED)
    begun = select(mailing.id).where(mailing.state.in_((MailingState.ACTIVE, MailingState.PAUSED)))
    connection.execute(
        update(tables.delivery)
        .where(delivery.mailing_id.in_(begun), delivery.status.in_(_UNSENT))
        .values(
            status=DeliveryStatus.UNCERTAIN.value, changed_at=at, reply=f"restored from {source}"
        )
    )
    connection.execute(
        update(tables.chunk)
        .where(chunk.mailing_id.in_(begun))
        .values(open_at=None, worker=None, lease_until=None)
    )
    connection.execute(
        update(tables.mailing)
        .where(mailing.state.in_(ahead), mailing.started_at.is_(None), mailing.due_at <= at)
        .values(state=MailingState.MISSED.value, note=as_note(why))
    )


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
