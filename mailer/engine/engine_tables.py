"""Makes the tables of Procrastinate, and brings them up to date when its package is upgraded.

The package ships its migrations and does not say which a database has had. So the name of the last
one is the comment of the table of jobs, written in the transaction that applies it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

_LOCK = 20171213
"""The number of the lock under which one process makes or changes the tables of the engine."""
_FIRST = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
"""What tables without a comment have had: those of Procrastinate 3.10, the oldest that we use."""
_AFTER_EVERY_HOST = "_post_"
"""In the name of a migration: what it removes is used by the former version of the package."""


def install(connection: psycopg.Connection) -> None:
    """Make the tables, unless they are there. Raises psycopg.Error."""
    with connection.transaction():
        _lock(connection)
        if not _are_there(connection):
            from procrastinate.schema import SchemaManager  # noqa: PLC0415 — an extra

            connection.execute(SchemaManager.get_schema())
            _note(connection, _known()[-1].name)


def migrate(connection: psycopg.Connection, *, others_work: bool) -> tuple[int, int]:
    """Apply the migrations that the tables miss, each in a transaction of its own.

    Returns how many were applied, and how many wait because `others_work`, with a former
    version of the package: those that these could not live with, and what comes after them. Raises
    psycopg.Error.
    """
    install(connection)
    applied = 0
    while (missing := _missing(connection)) and not (
        others_work and _AFTER_EVERY_HOST in missing[0].name
    ):
        with connection.transaction():
            _lock(connection)
            if _missing(connection)[:1] == missing[:1]:  # no other process was faster
                connection.execute(missing[0].read_bytes())
                _note(connection, missing[0].name)
                applied += 1
    return applied, len(missing)


def pending(connection: psycopg.Connection, *, others_work: bool) -> tuple[int, int]:
    """Return how many migrations `migrate` would apply, and how many would wait. Changes nothing."""
    missing = _missing(connection) if _are_there(connection) else []
    waits = [others_work and _AFTER_EVERY_HOST in file.name for file in missing]
    applicable = waits.index(True) if True in waits else len(missing)
    return applicable, len(missing) - applicable


def _missing(connection: psycopg.Connection) -> list[Path]:
    """Return the migrations that came after the last one. A newer package has had all of ours."""
    query = "SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')"
    row = connection.execute(query).fetchone()
    last = (row and row[0]) or _FIRST
    return [file for file in _known() if file.name > last]


def _known() -> list[Path]:
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 — as above

    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _are_there(connection: psycopg.Connection) -> bool:
    found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
    return found is not None and found[0] is not None


def _note(connection: psycopg.Connection, name: str) -> None:
    from psycopg import sql  # noqa: PLC0415 — as above

    comment = sql.SQL("COMMENT ON TABLE procrastinate_jobs IS {}")
    connection.execute(comment.format(sql.Literal(name)))


def _lock(connection: psycopg.Connection) -> None:
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
