"""Makes the tables of a new ledger, and applies the missing migrations when an older one is opened.

The schema is never downgraded.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import column, inspect, select, table

from mailer.errors import LedgerError, Place, Problem
from mailer.ledger.storage.database import lock_exclusively
from mailer.ledger.storage.errors import translate_db_errors
from mailer.wording import _

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database

HEAD = "0035"
"""The newest revision in `migrations/versions`. It is repeated here so that an up-to-date ledger
opens without importing Alembic."""

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

    Raises LedgerError when a newer version of the program has written the ledger; it is then
    left unchanged.
    """
    with database.reading() as connection:
        if _version(connection) == HEAD:
            return
    with _MIGRATING, translate_db_errors(database.location), database.writing() as connection:
        lock_exclusively(connection, _MIGRATIONS)
        version = _version(connection)
        if version is None and connection.dialect.name == "sqlite":
            _make_new(connection)
        elif version != HEAD:
            _upgrade(connection, version, database.location)


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


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))


def _make_new(connection: Connection) -> None:
    for statement in NEW_LEDGER.read_text("utf-8").split(SEPARATOR)[:-1]:
        connection.exec_driver_sql(statement)


def _upgrade(connection: Connection, version: str | None, location: str) -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 — as above

    scripts = ScriptDirectory.from_config(alembic_config())
    known = {script.revision for script in scripts.walk_revisions()}
    if version is not None and version not in known:
        raise LedgerError(
            Problem(
                Place(location),
                _("A newer version of mailer has written this ledger."),
                _("Install that version here too; this one leaves the ledger alone."),
            )
        )
    migrate(connection)
