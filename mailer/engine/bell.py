"""Puts jobs into Procrastinate's tables, from any process and thread.

A bell carries no truth: one that cannot be rung delays the work until the next periodic round, and
one that is rung too often finds nothing to do.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from mailer.engine import engine_tables
from mailer.errors import LedgerError, Place, Problem
from mailer.model.service.service_role import ServiceRole
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import psycopg
    from procrastinate import App

TICK = "tick"
CHUNK = "chunk"
LONG_WORK = "long-work"
_FIRST_S = 5
OF_SESSION = "-c timezone=UTC"
"""An option of the session, which a pooler of connections refuses: so it is not taken for the
database, where nobody would hear a bell through it."""


class Bell:
    """Rings for a tick or for chunks. `address` is a direct URL of the PostgreSQL database."""

    def __init__(self, address: str) -> None:
        self._address = address

    def ring(self) -> None:
        """Ask for a tick now. Never raises: the next periodic tick comes in two seconds."""
        self._defer(TICK, ServiceRole.CLOCK, {TICK}, lock=TICK)

    def ring_for_long_work(self) -> None:
        """Ask a host to look for long work now. Never raises: the next look comes by itself."""
        self._defer(LONG_WORK, ServiceRole.WATCH, {LONG_WORK}, lock=LONG_WORK)

    def ring_for_chunks(self, chunks: Collection[int]) -> None:
        """Ask for a worker for each of these chunks, unless one is asked for already.

        Each is put in by itself: one that is there already would undo a whole batch.
        """
        self._defer(CHUNK, ServiceRole.SEND, {f"{CHUNK} {number}" for number in sorted(chunks)})

    def install(self) -> None:
        """Make the tables of the engine, unless they are there. Raises psycopg.Error."""
        with self._connected() as connection:
            engine_tables.install(connection)

    def migrate(self, *, others_work: bool) -> tuple[int, int]:
        """Bring the tables of the engine up to date; see `engine_tables.migrate`.

        Raises LedgerError.
        """
        with _in_words(), self._connected() as connection:
            return engine_tables.migrate(connection, others_work=others_work)

    def pending(self, *, others_work: bool) -> tuple[int, int]:
        """Return what `migrate` would do; see `engine_tables.pending`. Raises LedgerError."""
        with _in_words(), self._connected() as connection:
            return engine_tables.pending(connection, others_work=others_work)

    def _defer(
        self, task: str, role: ServiceRole, locks: set[str], *, lock: str | None = None
    ) -> None:
        import psycopg  # noqa: PLC0415 — an extra, needed only with this engine
        from procrastinate.exceptions import (  # noqa: PLC0415 — as above
            AlreadyEnqueued,
            ProcrastinateException,
        )

        try:
            with self._connected() as connection:
                for queueing_lock in sorted(locks - self._waiting(connection, role)):
                    deferrer = self._app.configure_task(
                        task,
                        queue=role.value,
                        lock=lock,
                        queueing_lock=queueing_lock,
                        connection=connection,
                    )
                    try:
                        deferrer.defer()
                    except AlreadyEnqueued:
                        continue  # by another process, at this moment
        except (psycopg.Error, ProcrastinateException):
            return

    @staticmethod
    def _waiting(connection: psycopg.Connection, role: ServiceRole) -> set[str]:
        query = (
            "SELECT queueing_lock FROM procrastinate_jobs"
            " WHERE status = 'todo' AND queue_name = %s AND queueing_lock IS NOT NULL"
        )
        return {row[0] for row in connection.execute(query, [role.value])}

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        import psycopg  # noqa: PLC0415 — as above

        with psycopg.connect(
            self._address, autocommit=True, connect_timeout=_FIRST_S, options=OF_SESSION
        ) as connection:
            yield connection

    @cached_property
    def _app(self) -> App:
        import procrastinate  # noqa: PLC0415 — as above

        return procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


@contextmanager
def _in_words() -> Iterator[None]:
    """Raise an error of the database as a LedgerError that says what to do."""
    import psycopg  # noqa: PLC0415 — as above

    try:
        yield
    except psycopg.Error as error:
        raise LedgerError(
            Problem(
                Place("config.toml", key="ledger.direct_url"),
                _(
                    "The tables of the engine cannot be read or changed: {why}",
                    why=next(iter(str(error).splitlines()), type(error).__name__),
                ),
                _(
                    "See that the database runs and that our user owns these tables, then once more:"
                ),
                Remedy(RemedyAct.MIGRATE_LEDGER),
            )
        ) from error
