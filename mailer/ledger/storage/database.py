"""Connections and transactions on one database, SQLite or PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, nullcontext, suppress
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from mailer.errors import LedgerError, Place, Problem, reason_of
from mailer.ledger.storage.errors import (
    damaged,
    disk_full,
    held_by_another,
    translate_bad_rows,
    translate_db_errors,
)
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine, Table
    from sqlalchemy.dialects import postgresql, sqlite
    from sqlalchemy.engine.interfaces import DBAPIConnection

Item = TypeVar("Item")

# A worker that dies or hangs inside a transaction must not hold its locks for long.
_POSTGRESQL_OPTIONS = (
    "-c synchronous_commit=on -c idle_in_transaction_session_timeout=5s -c timezone=UTC"
)
_OVER_A_NETWORK = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.rclone",
)
_MOUNTS = Path("/proc/mounts")
_MIN_FREE_BYTES = 16 * 2**20
_PINNED_FOR_S = 5.0
# Connections kept for the next transaction: more threads than that open and close their own.
_POOL_SIZE = 24
# A dead host is noticed after about ten seconds.
_KEEPALIVES = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2}


class Database:
    """Transactions on the ledger's database.

    `location` names it in error messages: the file, or the URL without its password.
    """

    def __init__(self, url: str, *, patience_s: float) -> None:
        address = _address(url)
        self.is_file = address.get_backend_name() == "sqlite"
        if self.is_file:
            self.location = str(address.database)
            self.engine = _sqlite(address, patience_s)
            self._writer_lock: AbstractContextManager[object] = _WriterLock(
                self.location, patience_s
            )
        else:
            self.location = address.render_as_string(hide_password=True)
            self.engine = _postgresql(address, patience_s)
            self._writer_lock = nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that may write; it is committed durably when the block ends well."""
        with self.as_only_writer(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def as_only_writer(self) -> Iterator[None]:
        """Keep the other writers of this process out, on SQLite, and translate database errors."""
        with (
            self._writer_lock,
            translate_db_errors(self.location),
            translate_bad_rows(self.location, ValueError),
        ):
            yield

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads and never waits for a writer.

        Rows are turned into values inside the block, so that a damaged one is a LedgerError.
        """
        with (
            translate_db_errors(self.location),
            translate_bad_rows(self.location, ValueError, TypeError, KeyError),
            self.engine.connect() as connection,
        ):
            connection.execution_options(mailer_reads=True)
            with connection.begin():
                yield connection

    def check_space(self) -> None:
        """Raise LedgerError when the disk of a SQLite ledger is nearly full, before anything is
        sent.
        """
        if self.is_file:
            with suppress(OSError):
                folder = Path(self.location).absolute().parent
                if shutil.disk_usage(folder).free < _MIN_FREE_BYTES:
                    raise disk_full(self.location)

    def close(self) -> None:
        self.engine.dispose()


class _WriterLock:
    """A lock that lets one thread of this process write at a time.

    SQLite allows one writer anyway, but a thread that waits there polls with pauses of up to a
    tenth of a second, and may starve while others write.
    """

    def __init__(self, location: str, patience_s: float) -> None:
        self._location, self._patience_s = location, patience_s
        self._lock = Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._patience_s):
            raise held_by_another(self._location)

    def __exit__(self, *_error: object) -> None:
        self._lock.release()


class PinnedConnection:
    """One connection for many transactions in a row, used by one thread.

    Asking the pool each time costs as much as writing ten rows. The connection is kept for
    seconds only, and not after an error, because the pool tests each connection that it returns.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._used_at_s = 0.0

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction as `Database.writing` does, on the pinned connection."""
        with self._database.as_only_writer():
            if monotonic() - self._used_at_s > _PINNED_FOR_S:
                self.close()
            connection = self._connection or self._database.engine.connect()
            self._connection = None
            try:
                with connection.begin():
                    yield connection
            except BaseException:
                connection.invalidate()
                connection.close()
                raise
            self._connection, self._used_at_s = connection, monotonic()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that has `on_conflict_do_…`, in the dialect of the connection."""
    # Each dialect takes a tenth of a second to import, and a process needs one of them.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - see above

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415 - see above

    return sqlite.insert(table)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield `items` in lists of at most `size`; reads no further ahead."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def lock_exclusively(connection: Connection, number: int) -> None:
    """Take the lock with this number until the transaction ends, waiting for another holder."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
    # On SQLite only one transaction writes at a time (BEGIN IMMEDIATE).


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is not None and address.get_backend_name() == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if address is not None and address.get_backend_name() == "sqlite" and address.database:
        return address
    raise LedgerError(
        Problem(
            Place("config.toml", key="ledger.url"),
            _("This is neither a SQLite file nor a PostgreSQL database."),
            _("Write sqlite:///var/ledger.db or postgresql://user@host/database."),
        )
    )


def _sqlite(address: URL, patience_s: float) -> Engine:
    path = Path(str(address.database))
    refuse_network_file_systems(path)
    _create_privately(path)
    engine = create_engine(
        address,
        connect_args={"timeout": patience_s, "check_same_thread": False},
        pool_size=_POOL_SIZE,
        max_overflow=-1,
    )

    @event.listens_for(engine, "connect")
    def prepare(dbapi: DBAPIConnection, _record: Any) -> None:
        # Python must not begin transactions itself: `begin` below does, with the right kind.
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
        # FULL: a power cut must not forget the last commits, or a message would go twice.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA secure_delete=ON")  # what is erased is gone from the file
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE takes the write lock at the beginning, so that no transaction fails half-way.
        reads = connection.get_execution_options().get("mailer_reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def refuse_network_file_systems(path: Path, mounts: Path = _MOUNTS) -> None:
    """Raise LedgerError for a path on a network file system.

    SQLite's write-ahead log needs memory that all processes share (sqlite.org/wal.html §1).
    """
    kind = file_system_of(path, mounts)
    if kind.startswith(_OVER_A_NETWORK):
        raise LedgerError(
            Problem(
                Place(str(path)),
                _(
                    "The ledger would be on a network drive ({kind}), where it can break.",
                    kind=kind,
                ),
                _("Put it on a disk of this machine, or use PostgreSQL: [ledger] url."),
            )
        )


def file_system_of(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the type of file system that holds `path`, as Linux names it; empty if unknown."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    # Of two mounts on one folder the later one is visible.
    kinds = {
        Path(point.replace("\\040", " ")): kind for _, point, kind, *_ in map(str.split, lines)
    }
    absolute = path.absolute()
    folders = (absolute, *absolute.parents)
    return next((kinds[folder] for folder in folders if folder in kinds), "")


def _create_privately(path: Path) -> None:
    """Create the file readable by its owner only; SQLite gives its -wal and -shm the same mode.

    It appears with SQLite's header in it: a ledger without a byte was cut off, and is never new.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _link_new_database(path)
        if not os.access(path, os.R_OK | os.W_OK):
            # Fails, and says why. A ledger that can be opened is left to SQLite: closing it would
            # end the locks that other connections of this process have on it.
            os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        raise LedgerError(
            Problem(
                Place(str(path)),
                _("The ledger cannot be created: {reason}.", reason=reason_of(error)),
                _("Check the path in [ledger] url, and the rights on the file and its folder."),
            )
        ) from error


def _link_new_database(path: Path) -> None:
    """Make an empty database under another name, and give it its name if nobody did meanwhile."""
    with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}-") as folder:
        new = Path(folder) / path.name
        os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(new)) as database:
            database.execute("PRAGMA journal_mode=WAL")  # writes the header
        with suppress(FileExistsError):
            new.rename(path) if os.name == "nt" else os.link(new, path)


def refuse_emptied(database: Database) -> None:
    """Raise LedgerError when the file of the ledger has no content: it was one, and is damaged."""
    if database.is_file and not Path(database.location).stat().st_size:
        raise damaged(database.location)


def _postgresql(address: URL, patience_s: float) -> Engine:
    options = f"{_POSTGRESQL_OPTIONS} -c lock_timeout={int(patience_s * 1000)}"
    try:
        return create_engine(
            address,
            connect_args={"options": options, "connect_timeout": 10, **_KEEPALIVES},
            pool_pre_ping=True,
            pool_size=_POOL_SIZE,
            max_overflow=-1,
        )
    except ModuleNotFoundError as error:
        raise LedgerError(
            Problem(
                Place("config.toml", key="ledger.url"),
                _("PostgreSQL needs a driver that is not installed."),
                _("Install the Python package psycopg[binary] beside mailer."),
            )
        ) from error
