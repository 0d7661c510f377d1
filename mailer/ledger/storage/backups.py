"""Copies of a SQLite ledger beside it, verified; and how one takes the ledger's place.

A copy does not know what left after it was made. Put back as it is, it would write to people
a second time; so each copy carries a mark that opening refuses, and `restore` alone takes the
mark off, after making a named doubt of everybody the copy still holds as unsent.

PostgreSQL has its administrator, and backups of its own (PostgreSQL manual, chapter 25).
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
from mailer.ledger.storage.copies import copies_of, folder_of, is_intact, newest_copy
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.errors import damaged, disk_full, held_by_another, translate_file_errors
from mailer.ledger.storage.journal import note
from mailer.ledger.storage.schema import bring_up_to_date
from mailer.ledger.storage.sender_lock import SenderLock
from mailer.model.delivery import DeliveryStatus
from mailer.model.mailing import MailingState
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import Connection

    from mailer.model.actor import Actor

KEPT = 7
"""So many copies are kept: a week of days, fewer where campaigns are launched."""
_COPY = 1
"""SQLite's `user_version` of a copy; a ledger in use has 0, which is what SQLite begins with."""
_STAMP = "%Y%m%dT%H%M%SZ"
_ROOM = 2
"""Free space wanted, in sizes of the ledger: a copy is no reason to fill the disk."""
_UNSENT = (DeliveryStatus.PENDING, DeliveryStatus.DEFERRED, DeliveryStatus.SENDING)


class SqliteBackups:
    """The copies of this ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, *, at: datetime, unless_within: timedelta | None = None) -> str:
        """Makes a copy and verifies it; its file. Empty where there is nothing to do: one was
        made `unless_within` before, or the database has its administrator.

        Raises LedgerError: damaged, no room for a copy.
        """
        if not self._database.is_file:
            return ""
        ledger = Path(self._database.place)
        newest = next(copies_of(ledger), None)
        if unless_within is not None and newest is not None:
            age_s = at.timestamp() - newest.stat().st_mtime
            if 0 <= age_s < unless_within.total_seconds():
                return ""
        copy = _copied(ledger, at)
        for old in list(copies_of(ledger))[KEPT:]:
            old.unlink(missing_ok=True)
        return str(copy)


def renew_copies(database: Database, *, at: datetime) -> None:
    """Leaves no copy of what was there before: whoever was erased is in none."""
    if not database.is_file:
        return
    ledger = Path(database.place)
    old = list(copies_of(ledger))
    for copy in old:
        copy.unlink(missing_ok=True)
    if old:
        with suppress(LedgerError):  # without room there is none until tomorrow's
            _copied(ledger, at)


def refuse_copies(database: Database) -> None:
    """Raises LedgerError when this is a copy: what left since is not in it."""
    if not database.is_file:
        return
    with database.reading() as connection:
        if connection.scalar(text("PRAGMA user_version")) == _COPY:
            raise LedgerError(
                Problem(
                    Place(database.place),
                    _("This is a backup: it does not know what left after it was made."),
                    _("Put it in the ledger's place."),
                    Remedy(RemedyAct.RESTORE_BACKUP),
                )
            )


def restore(url: str, copy: Path | None = None, *, actor: Actor, at: datetime) -> Path:
    """Puts `copy` (default: the newest that is whole) in the ledger's place; which one.

    What it holds as not yet sent becomes uncertain, and a mailing whose time has come since
    is missed: evidence or a person settles them, nobody is written to twice. The former files
    stay beside it, under the name `….damaged`.

    Raises LedgerError: there is no such copy, it is damaged, somebody is sending, or the
    ledger is a database with its administrator.
    """
    database = Database(url, patience_s=1)
    database.close()
    if not database.is_file:
        raise _has_administrator(database.place)
    ledger = Path(database.place)
    chosen = copy or newest_copy(ledger)
    if chosen is None or not chosen.is_file() or not is_intact(chosen):
        raise damaged(str(chosen)) if copy else _no_copy(ledger)
    presence = SenderLock(Path(f"{ledger}.sending"))
    if not presence.is_proved() and os.name == "posix":
        raise held_by_another(str(ledger))
    try:
        heir = ledger.with_name(f"{ledger.name}.restored")
        _private_copy(chosen, heir)
        _take_over(heir, actor=actor, at=at, source=chosen.name)
        _swap(ledger, heir)
    finally:
        presence.end()
    return chosen


def _copied(ledger: Path, at: datetime) -> Path:
    folder = folder_of(ledger)
    with translate_file_errors(ledger):
        folder.mkdir(mode=0o700, exist_ok=True)
        if shutil.disk_usage(folder).free < _ROOM * _size_bytes(ledger):
            raise disk_full(str(folder))
        copy = folder / f"{ledger.stem}-{at.strftime(_STAMP)}.db"
        draft = copy.with_suffix(".part")
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            # One read transaction: writers go on meanwhile (sqlite.org/lang_vacuum.html).
            with closing(sqlite3.connect(ledger, isolation_level=None)) as source:
                source.execute("VACUUM INTO ?", (str(draft),))
            with closing(sqlite3.connect(draft, isolation_level=None)) as marked:
                marked.execute(f"PRAGMA user_version={_COPY}")
            if not is_intact(draft):
                raise damaged(str(ledger))
            _flush(draft)
            os.utime(draft, (at.timestamp(), at.timestamp()))
            draft.replace(copy)
            fsync_folder(folder)
        finally:
            draft.unlink(missing_ok=True)
    return copy


def _size_bytes(ledger: Path) -> int:
    """With its write-ahead log, where what was written last still is."""
    return sum(file.stat().st_size for file in ledger.parent.glob(f"{ledger.name}*"))


def _private_copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    shutil.copyfile(source, target)


def _take_over(heir: Path, *, actor: Actor, at: datetime, source: str) -> None:
    """Makes a ledger of the copy, in one transaction after its migrations."""
    database = Database(f"sqlite:///{heir}", patience_s=1)
    try:
        bring_up_to_date(database)
        with database.writing() as connection:
            _doubt(connection, at=at, why=f"restored from {source}")
            note(connection, at=at, actor=actor, action="restore", subject="ledger", detail=source)
            connection.exec_driver_sql("PRAGMA user_version=0")
    finally:
        database.close()
    for side in ("-wal", "-shm"):
        heir.with_name(f"{heir.name}{side}").unlink(missing_ok=True)
    _flush(heir)


def _doubt(connection: Connection, *, at: datetime, why: str) -> None:
    """Whatever may have left since the copy was made."""
    mailing, delivery, chunk = tables.mailing.c, tables.delivery.c, tables.chunk.c
    begun = select(mailing.id).where(mailing.state.in_((MailingState.ACTIVE, MailingState.PAUSED)))
    connection.execute(
        update(tables.delivery)
        .where(delivery.mailing_id.in_(begun), delivery.status.in_(_UNSENT))
        .values(status=DeliveryStatus.UNCERTAIN.value, changed_at=at, reply=why)
    )
    connection.execute(
        update(tables.chunk)
        .where(chunk.mailing_id.in_(begun))
        .values(open_at=None, worker=None, lease_until=None)
    )
    connection.execute(
        update(tables.mailing)
        .where(mailing.state == MailingState.SCHEDULED, mailing.due_at <= at)
        .values(state=MailingState.MISSED.value, note=why)
    )


def _swap(ledger: Path, heir: Path) -> None:
    """The former side files first: SQLite would apply an old log to the new file."""
    for side in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            ledger.with_name(f"{ledger.name}{side}").replace(f"{ledger}.damaged{side}")
    if ledger.stat().st_size:
        _private_copy(ledger, Path(f"{ledger}.damaged"))
    heir.replace(ledger)
    fsync_folder(ledger.absolute().parent)


def _flush(file: Path) -> None:
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
