"""Translates database errors into a `LedgerError` that says what happened and what to do."""

from __future__ import annotations

import errno
import re
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from mailer.errors import LedgerError, LedgerReplaced, Place, Problem
from mailer.ledger.storage.backup_files import newest_backup
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, to_administrator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.wording import Text


class _Fault(NamedTuple):
    """What went wrong, and what to do about it."""

    what: Text
    remedy: Text


_DISK_FULL = _Fault(
    _("The disk is full; nothing is sent until the ledger can be written."),
    _("Free some space; sending goes on by itself."),
)
_HELD = _Fault(
    _("Another program is holding the ledger."),
    _("Wait until it has finished, or end it; nothing was sent meanwhile."),
)
_READ_ONLY = _Fault(
    _("The ledger cannot be written."),
    _("Give this program the right to write the file and its folder."),
)
_UNREADABLE = _Fault(
    _("The ledger cannot be opened."),
    to_administrator(
        _("Check the path in [ledger] url, and the rights on the file and its folder.")
    ),
)
_DAMAGED = _Fault(
    _("The ledger is damaged, or is not a ledger."),
    _("Send nothing; look for a backup made by the machine's own backups."),
)
_BAD_DISK = _Fault(
    _("The disk failed while the ledger was being read or written."),
    _("Check the disk; nothing is sent until the ledger can be written."),
)
_NO_ANSWER = _Fault(
    _("The database does not answer."),
    to_administrator(
        _("Check that PostgreSQL runs and that [ledger] url is right; sending goes on by itself.")
    ),
)
_REFUSED = _Fault(
    _("The database refuses our name or password, or the right to use it."),
    to_administrator(_("Check [ledger] url and the rights of its user.")),
)
_POOLED = _Fault(
    _("This is a pooler of connections, and we take it for the database itself."),
    to_administrator(
        _("Leave it in [ledger] url, and write the address of the database in direct_url.")
    ),
)
_NO_DATABASE = _Fault(
    _("There is no such database."),
    to_administrator(_("Create it, or correct [ledger] url.")),
)
_REPLACED = _Fault(
    _("Another file was put in the ledger’s place while this program had it open."),
    _("Start this program again: it refuses everything until then."),
)
_INTERRUPTED = _Fault(
    _("A restore of the ledger was interrupted; nothing is sent or recorded until it is complete."),
    _("Restore again: it goes on where it stopped."),
)
_CONFLICT = _Fault(
    _("Two writers were in each other's way, and the database stopped this one."),
    _("Try again; nothing was changed."),
)

# SQLite has no codes of their own for these (sqlite.org/rescode.html#error).
_DAMAGE = re.compile(r"^(no such (table|column)|table \w+ already exists|malformed JSON)")

# SQLite's extended error names (sqlite.org/rescode.html) and PostgreSQL's SQLSTATE classes
# (PostgreSQL manual, appendix A) by prefix: the first match counts.
_FAULTS: tuple[tuple[str, _Fault], ...] = (
    ("SQLITE_FULL", _DISK_FULL),
    ("SQLITE_BUSY", _HELD),
    ("SQLITE_LOCKED", _HELD),
    ("SQLITE_READONLY", _READ_ONLY),
    ("SQLITE_PERM", _READ_ONLY),
    ("SQLITE_CANTOPEN", _UNREADABLE),
    ("SQLITE_CORRUPT", _DAMAGED),
    ("SQLITE_NOTADB", _DAMAGED),
    ("SQLITE_IOERR", _BAD_DISK),
    ("08", _NO_ANSWER),
    ("28", _REFUSED),
    ("3D000", _NO_DATABASE),
    ("40", _CONFLICT),
    ("42501", _REFUSED),
    ("53100", _DISK_FULL),
    ("53", _NO_ANSWER),
    ("55P03", _HELD),
    ("57", _NO_ANSWER),
    ("58", _BAD_DISK),
    ("25006", _READ_ONLY),
    ("25P03", _NO_ANSWER),
    # A table or a column that is not there: all of them were, when the ledger was opened.
    ("42P01", _DAMAGED),
    ("42703", _DAMAGED),
    ("42P07", _DAMAGED),
    ("XX001", _DAMAGED),
    ("XX002", _DAMAGED),
)


@contextmanager
def translate_db_errors(location: str) -> Iterator[None]:
    """Raise the database driver's errors as a `LedgerError` about the database at `location`.

    A violated constraint or a malformed statement is a mistake of this program and is raised
    unchanged.
    """
    try:
        yield
    except DBAPIError as error:
        fault = _fault_of(error)
        if fault is None:
            raise
        raise _error_about(location, fault) from error
    except PoolExhausted as error:
        raise LedgerError(Problem(Place(location), *_NO_ANSWER)) from error


@contextmanager
def translate_file_errors(path: Path) -> Iterator[None]:
    """Raise errors from direct work on a SQLite file as a `LedgerError` about that file."""
    try:
        yield
    except sqlite3.Error as error:
        raise _error_about(
            str(path), _fault_by_code(error.sqlite_errorname) or _UNREADABLE
        ) from error
    except OSError as error:
        fault = _DISK_FULL if error.errno == errno.ENOSPC else _READ_ONLY
        raise _error_about(str(path), fault) from error


@contextmanager
def translate_bad_rows(location: str, *errors: type[Exception]) -> Iterator[None]:
    """Raise as a `LedgerError` what comes of a row that holds a value that we never write: JSON
    that cannot be parsed, an unknown status, a date that is none.
    """
    try:
        yield
    except errors as error:
        raise damaged(location) from error


def damaged(location: str) -> LedgerError:
    """Return the error for a damaged ledger, from which nothing may be sent."""
    return _error_about(location, _DAMAGED)


def is_damage(error: LedgerError) -> bool:
    """Return whether the ledger is damaged, so that waiting does not help."""
    return error.problems[0].what is _DAMAGED.what


def disk_full(location: str) -> LedgerError:
    """Return the error for a disk that is nearly full."""
    return LedgerError(Problem(Place(location), *_DISK_FULL))


def held_by_another(location: str) -> LedgerError:
    """Return the error for a ledger that another program has locked for longer than we wait."""
    return LedgerError(Problem(Place(location), *_HELD))


def held_open(location: str, processes: Sequence[int]) -> LedgerError:
    """Return the error for a ledger that cannot be replaced, because programs have it open."""
    what = _("Another program is holding the ledger.")
    if processes:
        numbers = ", ".join(map(str, processes))
        what = _(
            "Other programs have the ledger open, with the process numbers {numbers}.",
            numbers=numbers,
        )
    remedy = _(
        "End what runs here (service, receiver, web desk), restore, then start it again; nothing was changed."
    )
    return LedgerError(Problem(Place(location), what, remedy))


def was_replaced(location: str) -> LedgerError:
    """Return the error for a ledger in whose place somebody put another file meanwhile."""
    return LedgerReplaced(Problem(Place(location), *_REPLACED))


def restore_interrupted(location: str) -> LedgerError:
    """Return the error for a ledger that a restore has replaced only in part."""
    what, remedy = _INTERRUPTED
    return LedgerError(Problem(Place(location), what, remedy, Remedy(RemedyAct.RESTORE_BACKUP)))


def is_conflict(error: LedgerError) -> bool:
    """Return whether the database rolled the transaction back because of another one; a retry is
    then safe.
    """
    return error.problems[0].what is _CONFLICT.what


def _error_about(location: str, fault: _Fault) -> LedgerError:
    what, remedy = fault
    act = None
    if fault is _DAMAGED and (copy := newest_backup(Path(location))):
        remedy = _(
            "Send nothing. The newest backup that is whole is {backup}; put it in the ledger's place.",
            backup=copy,
        )
        act = Remedy(RemedyAct.RESTORE_BACKUP)
    return LedgerError(Problem(Place(location), what, remedy, act))


def _fault_of(error: DBAPIError) -> _Fault | None:
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    if code == "SQLITE_ERROR" and _DAMAGE.search(str(error.orig)):
        return _DAMAGED
    if code is not None and (fault := _fault_by_code(code)):
        return fault
    if isinstance(error, IntegrityError | ProgrammingError | DataError):
        return None
    if "unsupported startup parameter" in str(error.orig):  # PgBouncer has no code of its own
        return _POOLED
    return _NO_ANSWER if code is None else _UNREADABLE


def _fault_by_code(code: str) -> _Fault | None:
    return next((fault for prefix, fault in _FAULTS if code.startswith(prefix)), None)
