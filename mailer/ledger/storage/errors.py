"""Database errors, told to the administrator: what happened, what to do."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from mailer.errors import LedgerError, Place, Problem
from mailer.ledger.storage.copies import newest_copy
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.wording import Text

_DISK_FULL = (
    _("The disk is full; nothing is sent until the ledger can be written."),
    _("Free some space; sending goes on by itself."),
)
_HELD = (
    _("Another program is holding the ledger."),
    _("Wait until it has finished, or end it; nothing was sent meanwhile."),
)
_READ_ONLY = (
    _("The ledger cannot be written."),
    _("Give this program the right to write the file and its folder."),
)
_UNREADABLE = (
    _("The ledger cannot be opened."),
    _("Check the path in [ledger] url, and the rights on the file and its folder."),
)
_DAMAGED = (
    _("The ledger is damaged, or is not a ledger."),
    _("Send nothing; look for a backup made by the machine's own backups."),
)
_BAD_DISK = (
    _("The disk failed while the ledger was being read or written."),
    _("Check the disk; nothing is sent until the ledger can be written."),
)
_NO_ANSWER = (
    _("The database does not answer."),
    _("Check that PostgreSQL runs and that [ledger] url is right; sending goes on by itself."),
)
_REFUSED = (
    _("The database refuses our name or password, or the right to use it."),
    _("Check [ledger] url and the rights of its user."),
)
_NO_DATABASE = (
    _("There is no such database."),
    _("Create it, or correct [ledger] url."),
)
_CONFLICT = (
    _("Two writers were in each other's way, and the database stopped this one."),
    _("Try again; nothing was changed."),
)

# SQLite's extended error names (sqlite.org/rescode.html) and PostgreSQL's SQLSTATE classes
# (PostgreSQL manual, appendix A), by prefix; the first that fits.
_FAULTS: tuple[tuple[str, tuple[Text, Text]], ...] = (
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
    ("XX001", _DAMAGED),
    ("XX002", _DAMAGED),
)


@contextmanager
def translate_db_errors(place: str) -> Iterator[None]:
    """Turns what the database driver raises into a `LedgerError` about `place`.

    A broken constraint or a malformed statement is our own mistake and stays what it is.
    """
    try:
        yield
    except DBAPIError as error:
        told = _told(error)
        if told is None:
            raise
        raise _about(place, told) from error
    except PoolExhausted as error:
        raise LedgerError(Problem(Place(place), *_NO_ANSWER)) from error


@contextmanager
def translate_file_errors(path: Path) -> Iterator[None]:
    """The same for what is done to a SQLite file without SQLAlchemy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _about(str(path), _named(error.sqlite_errorname) or _UNREADABLE) from error
    except OSError as error:
        told = _DISK_FULL if error.errno == errno.ENOSPC else _READ_ONLY
        raise _about(str(path), told) from error


def damaged(place: str) -> LedgerError:
    """Nothing may be sent from it."""
    return _about(place, _DAMAGED)


def is_damage(error: LedgerError) -> bool:
    """The ledger itself is broken: waiting does not help."""
    return error.problems[0].what is _DAMAGED[0]


def disk_full(place: str) -> LedgerError:
    """There is hardly room left."""
    return LedgerError(Problem(Place(place), *_DISK_FULL))


def held_by_another(place: str) -> LedgerError:
    """Somebody else has been writing for longer than we wait."""
    return LedgerError(Problem(Place(place), *_HELD))


def is_conflict(error: LedgerError) -> bool:
    """The database rolled the transaction back for another's sake: doing it again is safe."""
    return error.problems[0].what is _CONFLICT[0]


def _about(place: str, told: tuple[Text, Text]) -> LedgerError:
    what, remedy = told
    act = None
    if told is _DAMAGED and (copy := newest_copy(Path(place))):
        remedy = _(
            "Send nothing. The newest backup that is whole is {backup}; put it in the ledger's place.",
            backup=copy,
        )
        act = Remedy(RemedyAct.RESTORE_BACKUP)
    return LedgerError(Problem(Place(place), what, remedy, act))


def _told(error: DBAPIError) -> tuple[Text, Text] | None:
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    if code is not None and (told := _named(code)):
        return told
    if isinstance(error, IntegrityError | ProgrammingError | DataError):
        return None
    return _NO_ANSWER if code is None else _UNREADABLE


def _named(code: str) -> tuple[Text, Text] | None:
    return next((told for prefix, told in _FAULTS if code.startswith(prefix)), None)
