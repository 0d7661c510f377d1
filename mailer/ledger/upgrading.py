"""The upgrade of a ledger as a step of its own: looked at first, then done while others work."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from time import monotonic
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select

from mailer.errors import LedgerError, Place, Problem
from mailer.ledger.service.processes import SqlServiceProcesses
from mailer.ledger.storage.backups import refuse_backup
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.errors import translate_file_errors
from mailer.ledger.storage.ledger_file import beside
from mailer.ledger.storage.schema import (
    HEAD,
    alembic_config,
    apply_missing,
    bring_up_to_date,
    version_of,
)
from mailer.model.service.upgrade import MissingMigration, UpgradeCheck
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.service.service_process import ServiceProcess

_PATIENCE_S = 30.0


def check_upgrade(url: str, *, now: datetime) -> UpgradeCheck:
    """Return what an upgrade of the ledger would do, changing nothing."""
    with closing(_opened(url)) as database:
        with database.reading() as connection:
            missing = _missing(version_of(connection))
            deliveries = _deliveries(connection)
            has_register = inspect(connection).has_table("service_process")
        return UpgradeCheck(
            missing=missing,
            deliveries=deliveries,
            tried_s=_tried_s(database) if missing and database.is_file else None,
            at_work=_at_work(database, now=now) if has_register else (),
        )


def upgrade(url: str, *, now: datetime) -> UpgradeCheck:
    """Apply the missing migrations, while others work; returns what was done.

    Raises LedgerError, changing nothing, when somebody at work could no longer use the ledger.
    """
    check = check_upgrade(url, now=now)
    if check.is_blocked:
        raise LedgerError(_blocked(check))
    with closing(_opened(url)) as database:
        apply_missing(database)
    return check


def _opened(url: str) -> Database:
    # With the clock of the database: the upgrade may run on another host.
    database = Database(url, patience_s=_PATIENCE_S, has_clock=True)
    try:
        database.refuse_emptied()
        refuse_backup(database)
    except BaseException:
        database.close()
        raise
    return database


def _missing(version: str | None) -> tuple[MissingMigration, ...]:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 — 0.1 s that other commands save

    if version == HEAD:
        return ()
    scripts = ScriptDirectory.from_config(alembic_config())
    known = [*scripts.walk_revisions()]
    if version is not None and version not in {script.revision for script in known}:
        return ()  # a newer program has written it
    newer = []
    for script in known:
        if script.revision == version:
            break
        breaks = bool(getattr(script.module, "breaks", False))
        newer.append(MissingMigration(script.revision, script.doc, breaks))
    return tuple(reversed(newer))


def _deliveries(connection: Connection) -> int:
    if not inspect(connection).has_table("delivery"):
        return 0
    return connection.execute(select(func.count()).select_from(tables.delivery)).scalar_one()


def _at_work(database: Database, *, now: datetime) -> tuple[ServiceProcess, ...]:
    with database.reading() as connection:
        now = database.now(connection, now)
    found = SqlServiceProcesses(database).all()
    return tuple(each for each in found if not each.is_gone(now))


def _tried_s(database: Database) -> float:
    """Return how many seconds the migrations take on a copy of the file, which is removed.

    The copy of an upgrade that was killed is removed by the next: it holds people.
    """
    folder = beside(database.path, ".tried")
    shutil.rmtree(folder, ignore_errors=True)
    copy = folder / "copy.db"
    try:
        with (
            translate_file_errors(database.path),
            closing(sqlite3.connect(database.path, isolation_level=None)) as source,
        ):
            folder.mkdir(mode=0o700, exist_ok=True)
            source.execute("VACUUM INTO ?", (str(copy),))
        begun_s = monotonic()
        with closing(Database(f"sqlite:///{copy}", patience_s=_PATIENCE_S)) as tried:
            bring_up_to_date(tried)
        return monotonic() - begun_s
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _blocked(check: UpgradeCheck) -> Problem:
    hosts = ", ".join(sorted({each.host for each in check.at_work}))
    return Problem(
        Place("ledger"),
        _(
            "Programs that work on the ledger could no longer use it: those on {hosts}.",
            hosts=hosts,
        ),
        _("Stop them, upgrade, and start the new version on each host."),
    )
