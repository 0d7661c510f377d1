"""Makes SQLAlchemy's engine for each kind of database, with the settings that the ledger needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event

from mailer.errors import LedgerError, Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL
    from sqlalchemy.engine.interfaces import DBAPIConnection

# A worker that dies or hangs inside a transaction must not hold its locks for long; one on a busy
# machine may stand still for some seconds.
_POSTGRESQL_SETTINGS = {
    "synchronous_commit": "on",
    "idle_in_transaction_session_timeout": "15s",
    "timezone": "UTC",
}
# Connections kept for the next transaction: more threads than that open and close their own.
_POOL_SIZE = 24
# A dead host is noticed after about ten seconds.
KEEPALIVES = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2}


def sqlite_engine(address: URL, patience_s: float) -> Engine:
    """Return the engine of a SQLite file, whose transactions that write begin as such."""
    engine = create_engine(
        address,
        connect_args={"timeout": patience_s, "check_same_thread": False},
        hide_parameters=True,  # an error must not carry an address into a log
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


def postgresql_engine(address: URL, patience_s: float, *, is_pooled: bool) -> Engine:
    """Return the engine of a PostgreSQL database; see `Database` for `is_pooled`."""
    settings = _POSTGRESQL_SETTINGS | {"lock_timeout": f"{int(patience_s * 1000)}"}
    of_session: dict[str, Any] = {
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items())
    }
    if is_pooled:
        of_session = {"prepare_threshold": None}  # a prepared statement belongs to one connection
    engine = _engine(address, of_session)
    if is_pooled:
        names = ", ".join(f"set_config('{name}', '{to}', true)" for name, to in settings.items())

        @event.listens_for(engine, "begin")
        def set_for_transaction(connection: Connection) -> None:
            connection.exec_driver_sql(f"SELECT {names}")

    return engine


def _engine(address: URL, of_session: Mapping[str, Any]) -> Engine:
    try:
        return create_engine(
            address,
            connect_args={**of_session, "connect_timeout": 10, **KEEPALIVES},
            hide_parameters=True,  # as above
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
