"""The home of a ledger, from which alone it may send: recorded at the first launch, checked before sending."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, text

from mailer.errors import RuleError
from mailer.host.atomic_write import write_atomically
from mailer.ledger.storage.database import lock_exclusively
from mailer.ledger.storage.definitions import service_tables, tables
from mailer.ledger.storage.errors import translate_file_errors
from mailer.ledger.storage.machine import Machine, file_identity, host_name, this_machine
from mailer.model.service.ledger_home import Elsewhere, LedgerHome, Mismatch

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database

_home = service_tables.home.c
_LOCK = 20171211
"""The number of the lock under which the home of a ledger is recorded."""
_CHECKED_EVERY_S = 5.0
_PASSED_AT_S = "mailer_home_passed_at_s"
_MORE_THAN_ANY = 2**62
"""Before the number of a journal line: what comes after that line must say that it is adopted."""
ADOPTED, SUBJECT = "adopt", "ledger"
"""The act and the subject of the journal's line about a move to another place."""
_UNKNOWN_MACHINE = Machine("", frozenset())
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
# A dump that is restored makes new tables, with other numbers. A recovery to an earlier point in
# time, like the promotion of a standby, begins a new timeline (PostgreSQL manual, §26.3.6). The one
# that `pg_control_checkpoint()` tells is that of the last checkpoint, which may be minutes old; that
# of the log which is written now is right from the first commit on, and everybody may ask for it.
_DATABASE = (
    "SELECT CASE WHEN pg_is_in_recovery() THEN ''"
    " ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END,"
    " oid, 'home'::regclass::oid, has_function_privilege('pg_control_system()', 'execute')"
    " FROM pg_database WHERE datname = current_database()"
)
_SERVER = "SELECT system_identifier FROM pg_control_system()"


def home_here(database: Database, connection: Connection) -> LedgerHome:
    """Return the home that the ledger would have where this process has opened it."""
    if database.is_file:
        return home_of_file(database.path)
    machine = this_machine() if _is_on_this_machine(database) else _UNKNOWN_MACHINE
    return LedgerHome(
        host=host_name(),
        location=database.location,
        machine=machine.machine,
        network=machine.network,
        file=_database_identity(connection),
    )


def home_of_file(ledger: Path, *, file: Path | None = None) -> LedgerHome:
    """Return the home of a SQLite ledger. `file` is the file that will be renamed to it, if any."""
    machine = this_machine()
    path = str(ledger.resolve())
    return LedgerHome(
        host=host_name(),
        location=path,
        machine=machine.machine,
        network=machine.network,
        folder=path,
        file=file_identity(file or ledger),
    )


def elsewhere(database: Database, connection: Connection) -> Elsewhere | None:
    """Return where the ledger is used, if that is not here; None before its first launch."""
    row = connection.execute(select(service_tables.home)).one_or_none()
    if row is None:
        return None
    home = LedgerHome(
        host=row.host,
        location=row.location,
        machine=row.machine,
        network=frozenset(row.network),
        folder=row.folder,
        file=row.file,
    )
    mismatch = home.mismatch(home_here(database, connection))
    if mismatch is None and _has_forgotten(database, connection):
        mismatch = Mismatch.FILE
    return Elsewhere(home, row.since, mismatch) if mismatch else None


def require_home(database: Database, connection: Connection, *, at: datetime) -> None:
    """Raise RuleError unless this is the home of the ledger; it becomes so if there is none yet.

    Called in the transaction of each launch and start, and before claims (see `HomeCheck`), so
    that no way leads past it.
    """
    if (found := elsewhere(database, connection)) is not None:
        raise RuleError(found.problem)
    if connection.execute(select(_home.id)).first() is None:
        lock_exclusively(connection, _LOCK)
        if connection.execute(select(_home.id)).first() is None:
            record_home(connection, home_here(database, connection), at=at)


class HomeCheck:
    """Checks the home of the ledger before claims, at most once in a few seconds for each
    connection.

    A check takes a millisecond, as long as dozens of messages. A machine is not cloned, nor a
    file replaced, within a claim; a process that goes on in a clone is stopped after seconds. A
    new connection is checked at once: it may lead to a standby that was promoted.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def require_home(self, connection: Connection, *, at: datetime) -> None:
        """Raise RuleError unless this is the home of the ledger, or it was a moment ago."""
        if monotonic() - connection.info.get(_PASSED_AT_S, -_CHECKED_EVERY_S) < _CHECKED_EVERY_S:
            return
        require_home(self._database, connection, at=at)
        connection.info[_PASSED_AT_S] = monotonic()


def note_last_line(database: Database) -> None:
    """Write the number of the last journal line beside a SQLite ledger, before anything leaves.

    Copying an older ledger over the file, in place, keeps its inode. The number beside it shows
    what the older one has forgotten. It is read after a commit, so that it is never ahead.
    """
    if not database.is_file:
        return
    with database.reading() as connection:
        number = str(_last_line(connection))
    with suppress(OSError):
        write_atomically(_last_line_file(database.path), number.encode("ascii"))


def forget_last_line(ledger: Path) -> None:
    """Remove the number of the last journal line, for a ledger that is older on purpose."""
    _last_line_file(ledger).unlink(missing_ok=True)


def expect_adoption(database: Database, connection: Connection) -> None:
    """Let a SQLite ledger lack journal lines, however many it gets, until one says it is adopted.

    The lines that are written before it is adopted could make up for those it has forgotten.
    """
    if not database.is_file:
        return
    number = str(_MORE_THAN_ANY + 1 + _last_line(connection))
    with translate_file_errors(database.path):
        write_atomically(_last_line_file(database.path), number.encode("ascii"))


def _has_forgotten(database: Database, connection: Connection) -> bool:
    """Return whether the ledger lacks journal lines that it had when something left."""
    if not database.is_file:
        return False
    try:
        noted = int(_last_line_file(database.path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    expected_after = noted - _MORE_THAN_ANY - 1
    if expected_after >= 0:
        return not _is_adopted(connection, since_line=expected_after)
    return noted > _last_line(connection)


def _is_adopted(connection: Connection, *, since_line: int) -> bool:
    """Return whether the journal says so after this line: only the number beside it was to go."""
    line = tables.journal.c
    adopted = select(line.id).where(
        line.id > since_line, line.action == ADOPTED, line.subject == SUBJECT
    )
    return connection.execute(adopted).first() is not None


def _last_line(connection: Connection) -> int:
    return connection.scalar(select(func.max(tables.journal.c.id))) or 0


def _last_line_file(ledger: Path) -> Path:
    return ledger.with_name(f"{ledger.name}.last")


def record_home(connection: Connection, home: LedgerHome, *, at: datetime) -> None:
    """Record where the ledger is used from now on."""
    connection.execute(delete(service_tables.home))
    connection.execute(insert(service_tables.home).values(id=1, since=at, **_row(home)))


def _row(home: LedgerHome) -> dict[str, Any]:
    return {
        "host": home.host,
        "location": home.location,
        "machine": home.machine,
        "network": sorted(home.network),
        "folder": home.folder,
        "file": home.file,
    }


def _is_on_this_machine(database: Database) -> bool:
    """Return whether every host that the URL names, before or after its `?`, is this machine."""
    url = database.engine.url
    named = [url.host or "", *(url.normalized_query.get("host", ()))]
    hosts = [host for each in named for host in each.split(",") if host]
    return all(host in _LOCAL_HOSTS or host.startswith("/") for host in hosts)


def _database_identity(connection: Connection) -> str:
    """Return what identifies a PostgreSQL database: its server, the timeline of that, and its
    numbers there. A part that we may not know is empty.
    """
    timeline, database, table, may_ask_server = connection.execute(text(_DATABASE)).one()
    server = connection.scalar(text(_SERVER)) if may_ask_server else ""
    number = int(timeline, 16) if timeline else ""
    return ".".join(map(str, (server, number, database, table)))
