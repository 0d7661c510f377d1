"""Connections and transactions on one database, SQLite or PostgreSQL."""

from __future__ import annotations

import shutil
from contextlib import contextmanager, nullcontext, suppress
from itertools import islice
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import func, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from mailer.errors import LedgerError, Place, Problem
from mailer.ledger.storage.definitions.metadata import Instant
from mailer.ledger.storage.engines import KEEPALIVES, postgresql_engine, sqlite_engine
from mailer.ledger.storage.errors import (
    disk_full,
    held_by_another,
    translate_bad_rows,
    translate_db_errors,
)
from mailer.ledger.storage.ledger_file import LedgerFile
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection, Table, Transaction
    from sqlalchemy.dialects import postgresql, sqlite

    from mailer.wording import Text

Item = TypeVar("Item")

_RINGS = "mailer_rings"
_MIN_FREE_BYTES = 16 * 2**20
_PINNED_FOR_S = 5.0
_LOOKS_EVERY_S = 0.1


_QUERY_NAMES = frozenset(
    {"application_name", "channel_binding", "client_encoding", "connect_timeout", "dbname"}
    | {"fallback_application_name", "gssdelegation", "gssencmode", "gsslib", "host", "hostaddr"}
    | {"keepalives", "krbsrvname", "load_balance_hosts", "options", "passfile", "port"}
    | {"require_auth", "requirepeer", "service", "ssl_max_protocol_version"}
    | {"ssl_min_protocol_version", "sslcert", "sslcertmode", "sslcrl", "sslcrldir", "sslkey"}
    | {"sslmode", "sslnegotiation", "sslrootcert", "sslsni", "target_session_attrs"}
    | {"tcp_user_timeout", "user"}
    | set(KEEPALIVES)
)
"""What libpq knows and is no secret (PostgreSQL manual, §34.1.2); a password is one."""


class Database:
    """Transactions on the ledger's database.

    `location` names it in error messages: the file, or the URL without its password. `ring` tells
    the engine that something may be due; it must not raise. With `has_clock`, leases and due times
    go by the clock of the database, where it has one: several hosts share it. With `is_pooled`, a
    pooler gives each transaction any of its connections, so that nothing may be set for longer.
    """

    def __init__(
        self,
        url: str,
        *,
        patience_s: float,
        ring: Callable[[], None] = lambda: None,
        has_clock: bool = False,
        is_pooled: bool = False,
    ) -> None:
        self._ring = ring
        address = parse_url(url)
        self.is_file = address.get_backend_name() == "sqlite"
        self._file: LedgerFile | None = None
        if self.is_file:
            self.location = str(address.database)
            self._file = LedgerFile(self.location)
            self.engine = sqlite_engine(address, patience_s)
            self._writer_lock: AbstractContextManager[object] = _WriterLock(
                self.location, patience_s
            )
        else:
            self.location = shown_url(address)
            self.engine = postgresql_engine(address, patience_s, is_pooled=is_pooled)
            self._writer_lock = nullcontext()
        self.has_clock = has_clock and not self.is_file

    @property
    def path(self) -> Path:
        """The file of a SQLite ledger, with links resolved."""
        assert self._file is not None, "this ledger is not a file"
        return self._file.path

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that may write; it is committed durably when the block ends well."""
        info: dict[Any, Any] = {}
        try:
            with self.as_only_writer(), self.engine.begin() as connection:
                info = connection.info
                yield connection
                _do_last_acts(connection)
        except BaseException:
            info.pop(_RINGS, None)
            raise
        if info.pop(_RINGS, False):
            self._ring()

    @contextmanager
    def as_only_writer(self) -> Iterator[None]:
        """Keep the other writers of this process out, on SQLite, and translate database errors.

        Raises LedgerError also when the file was replaced meanwhile: what was written is lost then.
        """
        with (
            self._writer_lock,
            self._in_place(),
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
            self._in_place(),
            translate_db_errors(self.location),
            translate_bad_rows(self.location, ValueError, TypeError, KeyError),
            self.engine.connect() as connection,
        ):
            connection.execution_options(mailer_reads=True)
            with connection.begin():
                yield connection

    def now(self, connection: Connection, given: datetime) -> datetime:
        """Return what the clock of the database says now; `given` where it has none.

        Not `now()`, which is when the transaction began: one that waited for a lock would get a
        lease that has ended.
        """
        if not self.has_clock:
            return given
        return connection.execute(select(func.clock_timestamp(type_=Instant))).scalar_one()

    def let_others_write(self) -> None:
        """Pause between two transactions of long work. SQLite has no queue: who waits there looks
        every tenth of a second whether it is free.
        """
        if self.is_file:
            sleep(_LOOKS_EVERY_S)

    def check_space(self) -> None:
        """Raise LedgerError when the disk of a SQLite ledger is nearly full, before anything is
        sent.
        """
        if self.is_file:
            with suppress(OSError):
                if shutil.disk_usage(self.path.parent).free < _MIN_FREE_BYTES:
                    raise disk_full(self.location)

    def refuse_emptied(self) -> None:
        """Raise LedgerError when the file of the ledger has no content: it is damaged."""
        if self._file is not None:
            self._file.refuse_emptied()

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        """Check before and after the block that the file of the ledger was not replaced."""
        if self._file is None:
            yield
            return
        self._file.require_in_place()
        yield
        self._file.require_in_place()

    def close(self) -> None:
        self.engine.dispose()
        if self._file is not None:
            self._file.close()


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
                    _do_last_acts(connection)
            except BaseException:
                connection.invalidate()
                connection.close()
                raise
            self._connection, self._used_at_s = connection, monotonic()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


_LAST_ACTS: WeakKeyDictionary[Transaction, list[Callable[[], None]]] = WeakKeyDictionary()


def before_commit(connection: Connection, act: Callable[[], None]) -> None:
    """Do `act` as the last thing of the transaction of `connection`, unless it is rolled back."""
    transaction = connection.get_transaction()
    assert transaction is not None, "this is for a transaction that writes"
    assert not connection.get_execution_options().get("mailer_reads"), "this one only reads"
    _LAST_ACTS.setdefault(transaction, []).append(act)


def _do_last_acts(connection: Connection) -> None:
    transaction = connection.get_transaction()
    assert transaction is not None, "the block must leave the commit to us"
    for act in _LAST_ACTS.pop(transaction, ()):
        act()


def ring_after(connection: Connection) -> None:
    """Let the engine be rung when the transaction is committed: something may be due by it.

    Not inside it: a bell must not undo an act, nor wait for one.
    """
    connection.info[_RINGS] = True


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


def parse_url(url: str) -> URL:
    """Return the address of a ledger. Raises LedgerError when it is none."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # the second is about the port
        address = None
    kind = "" if address is None else address.get_backend_name()
    if address is not None and kind == "postgresql":
        _refuse_hidden_secrets(address)
        return address.set(drivername="postgresql+psycopg")
    if address is not None and kind == "sqlite" and address.database and not address.query:
        return address
    raise _wrong_url(
        _("This is neither a SQLite file nor a PostgreSQL database."),
        _("Write sqlite:///var/ledger.db or postgresql://user@host/database."),
    )


def shown_url(address: URL) -> str:
    """Return the URL of a database for readers: no password, and nothing after the `?`."""
    return address.set(query={}).render_as_string(hide_password=True)


def _refuse_hidden_secrets(address: URL) -> None:
    """Raise LedgerError for a password where nobody looks for one, and where it would be shown."""
    if "@" in (address.host or ""):
        raise _wrong_url(
            _("The password holds an @, so that its end is taken for the host."),
            _("Write the @ of the password as %40."),
        )
    for name in address.query:
        if name not in _QUERY_NAMES:
            raise _wrong_url(
                _("“{name}” is not allowed after the question mark of this URL.", name=name),
                _("A password stands before the @: postgresql://user:password@host/database."),
            )


def _wrong_url(what: Text, remedy: Text) -> LedgerError:
    return LedgerError(Problem(Place("config.toml", key="ledger.url"), what, remedy))
