"""One database, SQLite or PostgreSQL: opened safely, every use of it one transaction."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, nullcontext, suppress
from itertools import islice
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from mailer.errors import LedgerError, Place, Problem
from mailer.ledger.storage.errors import disk_full, held_by_another, translate_db_errors
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine, Table
    from sqlalchemy.dialects import postgresql, sqlite
    from sqlalchemy.engine.interfaces import DBAPIConnection

Thing = TypeVar("Thing")

# A worker that dies or freezes inside a transaction must not hold its locks for long.
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
_LEAST_FREE_BYTES = 16 * 2**20
_KEPT_FOR_S = 5.0
# Connections kept for the next transaction: more threads than that open and close their own.
_KEPT = 24
# A dead host is noticed after about ten seconds.
_KEEPALIVES = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2}


class Database:
    """Transactions on the ledger's database.

    `place` names it in messages: the file, or the address without its password.
    """

    def __init__(self, url: str, *, patience_s: float) -> None:
        address = _address(url)
        self.is_file = address.get_backend_name() == "sqlite"
        if self.is_file:
            self.place = str(address.database)
            self.engine = _sqlite(address, patience_s)
            self._turn: AbstractContextManager[object] = _WriterLock(self.place, patience_s)
        else:
            self.place = address.render_as_string(hide_password=True)
            self.engine = _postgresql(address, patience_s)
            self._turn = nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; committed durably when the block ends well."""
        with self.alone(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Among the writers of this process, where the database has only one."""
        with self._turn, translate_db_errors(self.place):
            yield

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads, and never waits for a writer."""
        with translate_db_errors(self.place), self.engine.connect() as connection:
            connection.execution_options(mailer_reads=True)
            with connection.begin():
                yield connection

    def check_space(self) -> None:
        """Raises LedgerError when the disk is nearly full: better not to begin than to break
        off. SQLite only; PostgreSQL has an administrator.
        """
        if self.is_file:
            with suppress(OSError):
                if shutil.disk_usage(Path(self.place).absolute().parent).free < _LEAST_FREE_BYTES:
                    raise disk_full(self.place)

    def close(self) -> None:
        self.engine.dispose()


class _WriterLock:
    """One writer at a time in this process, each waiting in a queue for its turn.

    SQLite has one writer anyway, but whoever waits for it there sleeps and looks again, up
    to a tenth of a second, and may starve while others come and go.
    """

    def __init__(self, place: str, patience_s: float) -> None:
        self._place, self._patience_s = place, patience_s
        self._lock = Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._patience_s):
            raise held_by_another(self._place)

    def __exit__(self, *_error: object) -> None:
        self._lock.release()


class PinnedConnection:
    """One connection for many transactions in a row, for one thread.

    Asking the pool each time costs as much as writing ten rows. Kept for seconds only, and not
    after an error: the pool tries each connection before it hands it out.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._used_at_s = 0.0

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """As `Database.writing`."""
        with self._database.alone():
            if monotonic() - self._used_at_s > _KEPT_FOR_S:
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
    """An INSERT that knows `on_conflict_do_…`, in the dialect of the connection."""
    # Each costs a tenth of a second to import, and a process needs one of them.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - as said

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415 - as said

    return sqlite.insert(table)


def batches(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """`things` in lists of at most `size`, none empty; reads no further ahead."""
    source = iter(things)
    while batch := list(islice(source, size)):
        yield batch


def lock_exclusively(connection: Connection, number: int) -> None:
    """Keeps every other holder of `number` out until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
    # On SQLite each writing transaction is alone already (BEGIN IMMEDIATE).


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
        pool_size=_KEPT,
        max_overflow=-1,
    )

    @event.listens_for(engine, "connect")
    def prepare(dbapi: DBAPIConnection, _record: Any) -> None:
        # Python must not begin transactions by itself: we say when, and of which sort.
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
        # FULL: a power cut must not forget the last commits, or a message would go twice.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA secure_delete=ON")  # what is erased is gone from the file
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE takes the write lock at once, so that no transaction fails half-way.
        reads = connection.get_execution_options().get("mailer_reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def refuse_network_file_systems(path: Path, mounts: Path = _MOUNTS) -> None:
    """SQLite's write-ahead log needs memory that all processes share: sqlite.org/wal.html §1."""
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
    """The kind of file system below `path`, as Linux names it; empty where that is not known."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    # Of two mounts at one place the later one is seen.
    kinds = {
        Path(point.replace("\\040", " ")): kind for _, point, kind, *_ in map(str.split, lines)
    }
    place = path.absolute()
    return next((kinds[folder] for folder in (place, *place.parents) if folder in kinds), "")


def _create_privately(path: Path) -> None:
    """The file, readable by its owner only; SQLite gives its side files the same mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise LedgerError(
            Problem(
                Place(str(path)),
                _("The ledger cannot be created: {reason}.", reason=error.strerror),
                _("Check the path in [ledger] url, and the rights on the file and its folder."),
            )
        ) from error


def _postgresql(address: URL, patience_s: float) -> Engine:
    options = f"{_POSTGRESQL_OPTIONS} -c lock_timeout={int(patience_s * 1000)}"
    try:
        return create_engine(
            address,
            connect_args={"options": options, "connect_timeout": 10, **_KEEPALIVES},
            pool_pre_ping=True,
            pool_size=_KEPT,
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
