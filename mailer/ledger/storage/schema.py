"""Makes the tables of a new ledger, and applies the missing migrations when an older one is opened.

The schema is never downgraded.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import String, column, func, inspect, select, table

from mailer.errors import LedgerError, Place, Problem
from mailer.ledger.storage.database import lock_exclusively
from mailer.ledger.storage.definitions.metadata import Instant
from mailer.ledger.storage.definitions.schema_tables import schema_generation
from mailer.ledger.storage.errors import translate_db_errors
from mailer.model.service.service_process import GONE_AFTER
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alembic.config import Config
    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database

HEAD = "0044"
"""The newest revision in `migrations/versions`. It is repeated here so that an up-to-date ledger
opens without importing Alembic."""

GENERATION = 1
"""The generation of the schema that this program understands. A migration that older programs
cannot live with has `breaks = True`, adds a row to `schema_generation`, and makes this one more.
All others only add: a host of the former version goes on while another is upgraded."""

NEW_LEDGER = Path(__file__).parent / "new_ledger.sql"
"""What the migrations make of an empty SQLite file, each statement ended by SEPARATOR: executing
these takes a thirtieth of the time, which every first command and every rehearsal saves."""

SEPARATOR = ";\n\n"

_MIGRATIONS = 20171209
"""The number of the lock that lets one process migrate at a time."""

_MIGRATING = Lock()
"""Held by the one thread of this process that migrates: Alembic knows one migration at a time, also
of different ledgers. The desk rehearses, on a ledger of its own, while it serves.
"""


def bring_up_to_date(database: Database) -> None:
    """Make the tables of a new ledger or apply the migrations an older one misses, all or none.

    A ledger that a newer program has only added to is used as it is. Raises LedgerError, changing
    nothing, when a newer program has written it in a way that this one does not understand, or
    when others work on a database that misses migrations: `apply_missing` is for that.
    """
    with database.reading() as connection:
        if version_of(connection) == HEAD:
            return
    apply_missing(database, but_not_while=None if database.is_file else processes_at_work)


def apply_missing(
    database: Database,
    *,
    but_not_while: Callable[[Connection], Sequence[str]] | None = None,
) -> None:
    """Apply the missing migrations, unless `but_not_while` names hosts that are at work."""
    with _MIGRATING, translate_db_errors(database.location), database.writing() as connection:
        lock_exclusively(connection, _MIGRATIONS)
        version = version_of(connection)
        if version == HEAD or _is_newer_and_understood(connection, version, database.location):
            return
        if but_not_while is not None and (hosts := but_not_while(connection)):
            raise _others_work(database.location, hosts)
        if version is None and connection.dialect.name == "sqlite":
            _make_new(connection)
        else:
            migrate(connection)


def processes_at_work(connection: Connection) -> Sequence[str]:
    """Return the hosts of the service that were seen a moment ago, by the clock of the database."""
    if not inspect(connection).has_table("service_process"):
        return ()
    host, seen_at = column("host", String), column("seen_at", Instant)
    recent = seen_at > func.clock_timestamp() - GONE_AFTER
    query = select(host).select_from(table("service_process")).where(recent).distinct()
    return connection.scalars(query.order_by(host)).all()


def migrate(connection: Connection) -> None:
    """Apply every migration that is missing, in the transaction of `connection`."""
    from alembic import command  # noqa: PLC0415 — 0.1 s that an up-to-date ledger saves

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def alembic_config() -> Config:
    """Return Alembic's configuration with the folder of the migrations; there is no alembic.ini."""
    from alembic.config import Config  # noqa: PLC0415 — 0.1 s that an up-to-date ledger saves

    config = Config()
    config.set_main_option("script_location", _escaped(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "newline")
    return config


def _escaped(path: Path) -> str:
    """Return the path as the value of a setting: `%` begins a reference to another one."""
    return str(path).replace("%", "%%")


def version_of(connection: Connection) -> str | None:
    """Return the newest migration that the ledger has had; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))


def _make_new(connection: Connection) -> None:
    for statement in NEW_LEDGER.read_text("utf-8").split(SEPARATOR)[:-1]:
        connection.exec_driver_sql(statement)


def _is_newer_and_understood(connection: Connection, version: str | None, location: str) -> bool:
    """Return whether a newer program has only added to the ledger. Raises LedgerError when it has
    done more.
    """
    from alembic.script import ScriptDirectory  # noqa: PLC0415 — as above

    scripts = ScriptDirectory.from_config(alembic_config())
    if version is None or version in {script.revision for script in scripts.walk_revisions()}:
        return False
    if _generation(connection) == GENERATION:
        return True
    raise LedgerError(
        Problem(
            Place(location),
            _("A newer version of mailer has written this ledger."),
            _("Install that version here too; this one leaves the ledger alone."),
        )
    )


def _generation(connection: Connection) -> int | None:
    """Return the generation of the schema; None if it is one that programs did not count yet."""
    if not inspect(connection).has_table("schema_generation"):
        return None
    return connection.scalar(select(func.max(schema_generation.c.generation))) or 1


def _others_work(location: str, hosts: Sequence[str]) -> LedgerError:
    return LedgerError(
        Problem(
            Place(location),
            _(
                "This version needs a ledger that has had its migrations, and other hosts work on"
                " it: {hosts}.",
                hosts=", ".join(hosts),
            ),
            _("Bring the ledger up to date as a step of its own; they may go on meanwhile."),
            Remedy(RemedyAct.MIGRATE_LEDGER),
        )
    )
