"""Puts a backup in the place of a SQLite ledger, whatever interrupts it.

Everything is prepared beside the ledger first: until then an interruption changes nothing. Then a
marker is written, with which no ledger is opened, and the files change places by renames, which
need no room on the disk. An interruption there leaves the marker, and the next restore goes on.

    prepare ─▶ marker ─▶ ledger to ….damaged, its log too ─▶ ….restored to ledger ─▶ no marker
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import URL

from mailer.errors import LedgerError, Place, Problem
from mailer.host.atomic_write import fsync_file, fsync_folder, make_private_folder, write_atomically
from mailer.ledger.opening import open_ledger
from mailer.ledger.storage.access import end_all_access
from mailer.ledger.storage.backup_files import is_intact, newest_backup
from mailer.ledger.storage.backups import BACKUP_NAME_FORMAT
from mailer.ledger.storage.database import Database, parse_url, shown_url
from mailer.ledger.storage.definitions import service_tables
from mailer.ledger.storage.errors import (
    damaged,
    disk_full,
    held_by_another,
    held_open,
    translate_file_errors,
)
from mailer.ledger.storage.home import forget_last_line, home_of_file, record_home
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.ledger_file import beside, marker_of, open_lock
from mailer.ledger.storage.schema import bring_up_to_date
from mailer.ledger.storage.sender_lock import SenderLock
from mailer.ledger.storage.stopping_copies import begun_mailings, stop_what_may_have_left
from mailer.model.mailings.mailing import MailingId
from mailer.model.service.ledger_home import Restored
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailer.model.service.ledger_home import HeldMailing
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

_PREPARED = ".restored"
_FREE_SPACE_FACTOR = 3
"""How much free space a restore needs, in sizes of the backup: its copy, the log of the changes
to it, and as much again, so that it does not fill the disk."""


class _Replacement(NamedTuple):
    """What the marker says: where the former ledger goes, and what the restored one is."""

    former: str
    restored: Restored


def leave(_ledger: Ledger, _held: Sequence[HeldMailing]) -> None:
    """Change nothing more in a restored ledger."""


def restore(
    url: str,
    copy: Path | None = None,
    *,
    complete: Callable[[Ledger, Sequence[HeldMailing]], object] = leave,
    actor: Actor,
    at: datetime,
) -> Restored:
    """Replace the ledger by the backup `copy` (default: the newest that is intact).

    What may have been sent since is not sent by itself: unsent deliveries become uncertain, and
    scheduled mailings whose hour has come are held. `complete` gets the restored ledger and those
    mailings before it takes its place. The former files stay beside it as `….damaged`.

    A restore that was interrupted goes on where it stopped, and nothing else is done unless
    `copy` is another backup. Raises LedgerError, changing nothing, when there is no such backup,
    when it is damaged, when there is no room, when a program has the ledger open, or when the
    ledger is a PostgreSQL database.
    """
    address = parse_url(url)
    if address.get_backend_name() != "sqlite":
        raise _has_administrator(shown_url(address))
    ledger = Path(str(address.database)).resolve()
    with translate_file_errors(ledger), _alone_with(ledger):
        finished = _finish_interrupted(ledger)
        if finished is not None and (copy is None or str(copy) == finished.backup):
            return finished
        backup = _backup_to_use(ledger, copy)
        _require_space(ledger, backup)
        try:
            held = _prepare(ledger, backup, complete=complete, actor=actor, at=at)
        except BaseException:
            _remove_prepared(ledger)
            raise
        restored = Restored(str(backup), held)
        _replace(ledger, _Replacement(_name_for_former(ledger), restored))
    return restored


@contextmanager
def _alone_with(ledger: Path) -> Iterator[None]:
    """Keep everybody else out. Raises LedgerError when a program has the ledger open.

    What such a program records would go into a file without a name, and be lost: an opt-out that
    was answered, an outcome of a message.
    """
    make_private_folder(ledger.parent)
    opened, senders = open_lock(ledger), SenderLock(ledger)
    has_locks = os.name == "posix"
    try:
        if not opened.acquire_alone() and has_locks:
            raise held_open(str(ledger), opened.holders())
        # Versions before this lock hold only that of the senders.
        if not senders.nobody_else_sends() and has_locks:
            raise held_by_another(str(ledger))
        yield
    finally:
        senders.release()
        opened.release()


def _backup_to_use(ledger: Path, copy: Path | None) -> Path:
    chosen = copy or newest_backup(ledger)
    if chosen is None or not chosen.is_file() or not (_has_log(chosen) or is_intact(chosen)):
        raise damaged(str(chosen)) if copy else _no_copy(ledger)
    return chosen


def _has_log(backup: Path) -> bool:
    """Return whether a file has a log beside it: a former ledger, which is checked with its log."""
    return beside(backup, "-wal").exists()


def _require_space(ledger: Path, backup: Path) -> None:
    if shutil.disk_usage(ledger.parent).free < _FREE_SPACE_FACTOR * backup.stat().st_size:
        raise disk_full(str(ledger))


def _prepare(
    ledger: Path,
    backup: Path,
    *,
    complete: Callable[[Ledger, Sequence[HeldMailing]], object],
    actor: Actor,
    at: datetime,
) -> tuple[MailingId, ...]:
    """Make a usable ledger of a copy of the backup, under another name, flushed to disk.

    Returns the mailings that are held, because they may have been sent since.
    """
    _remove_prepared(ledger)
    prepared = beside(ledger, _PREPARED)
    os.close(os.open(prepared, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    shutil.copyfile(backup, prepared)
    if _has_log(backup):
        shutil.copyfile(beside(backup, "-wal"), beside(prepared, "-wal"))
    url = URL.create("sqlite", database=str(prepared)).render_as_string()
    held = _stop_what_may_have_left(url, ledger=ledger, backup=backup, actor=actor, at=at)
    with closing(open_ledger(url)) as usable:
        complete(usable, held)
    with closing(sqlite3.connect(prepared)) as file:
        # Writes the log into the file, or raises: SQLite says nothing when closing cannot do it.
        (mode,) = file.execute("PRAGMA journal_mode=DELETE").fetchone()
    if mode != "delete" or not is_intact(prepared):
        raise damaged(str(prepared))
    fsync_file(prepared)
    return tuple(each.id for each in held)


def _stop_what_may_have_left(
    url: str, *, ledger: Path, backup: Path, actor: Actor, at: datetime
) -> tuple[HeldMailing, ...]:
    database = Database(url, patience_s=1)
    try:
        bring_up_to_date(database)
        with database.writing() as connection:
            held = stop_what_may_have_left(
                connection,
                actor=actor,
                at=at,
                why=_("restored from the backup {backup}", backup=backup.name),
                made_at=_made_at(backup.name, ledger=ledger),
                begun_since=begun_mailings(ledger),
            )
            if connection.execute(select(service_tables.home.c.id)).first() is not None:
                record_home(connection, home_of_file(ledger, file=database.path), at=at)
            end_all_access(connection, at=at)
            write_entry(
                connection,
                at=at,
                actor=actor,
                action="restore",
                subject="ledger",
                detail=backup.name,
            )
            connection.exec_driver_sql("PRAGMA user_version=0")
    finally:
        database.close()
    return held


def _made_at(name: str, *, ledger: Path) -> datetime | None:
    """Return when a backup was made, by the name that `create` gave it; None for another name."""
    try:
        return datetime.strptime(name, f"{ledger.stem}-{BACKUP_NAME_FORMAT}.db").replace(tzinfo=UTC)
    except ValueError:
        return None


def _remove_prepared(ledger: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal", ".open"):
        beside(ledger, f"{_PREPARED}{suffix}").unlink(missing_ok=True)


def _name_for_former(ledger: Path) -> str:
    """Return a name under which no former ledger is kept yet."""
    names = (f"{ledger.name}.damaged{number}" for number in _numbers())
    return next(name for name in names if not ledger.with_name(name).exists())


def _numbers() -> Iterator[str]:
    yield ""
    yield from (f"-{number}" for number in count(2))


def _replace(ledger: Path, replacement: _Replacement) -> None:
    """Put the prepared file in the place of the ledger.

    The log of the former ledger goes with it: SQLite would apply it to the new file.
    """
    restored = replacement.restored
    content = {"former": replacement.former, "backup": restored.backup, "held": restored.held}
    marker = marker_of(ledger)
    write_atomically(marker, json.dumps(content).encode("ascii"))
    try:
        _finish(ledger, former=replacement.former)
    except OSError:
        # On Windows a file that somebody has open cannot be renamed: nothing has changed yet.
        if ledger.exists() and not ledger.with_name(replacement.former).exists():
            marker.unlink()
        raise


def _finish_interrupted(ledger: Path) -> Restored | None:
    """Complete a restore that was interrupted among the renames.

    Returns None when there is none, or when somebody has taken its files away meanwhile.
    """
    try:
        found = json.loads(marker_of(ledger).read_bytes())
    except FileNotFoundError:
        return None
    if not (beside(ledger, _PREPARED).exists() or ledger.exists()):
        return None
    _finish(ledger, former=found["former"])
    return Restored(found["backup"], tuple(map(MailingId, found["held"])))


def _finish(ledger: Path, *, former: str) -> None:
    prepared, folder = beside(ledger, _PREPARED), ledger.parent
    if prepared.exists():  # what is in the ledger's place is still the former one
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                beside(ledger, suffix).replace(folder / f"{former}{suffix}")
        beside(ledger, "-shm").unlink(missing_ok=True)
        fsync_folder(folder)
        prepared.replace(ledger)
    _remove_prepared(ledger)
    forget_last_line(ledger)
    fsync_folder(folder)
    marker_of(ledger).unlink()
    fsync_folder(folder)


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
