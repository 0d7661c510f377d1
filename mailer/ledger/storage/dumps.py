"""Makes verified dumps of a PostgreSQL ledger, with PostgreSQL's own tools.

Nothing marks a dump as one: the ledger's home knows the server and the database, and what is restored
elsewhere sends nothing before `mailer adopt`.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy.engine import URL, make_url

from mailer.errors import LedgerError, Place, Problem
from mailer.host.atomic_write import PRIVATE, fsync_file, fsync_folder, make_private_folder
from mailer.ledger.storage.backups import BACKUP_NAME_FORMAT, BACKUPS_KEPT
from mailer.ledger.storage.errors import translate_file_errors
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

_LOOK_EVERY_S = 0.5


class PostgresDumps:
    """Makes dumps of the database at `address`, which no pooler stands before, in `folder`."""

    def __init__(self, address: str, folder: Path) -> None:
        self._url, self._folder = make_url(address), folder

    def make(self, *, at: datetime, stopping: Callable[[], bool]) -> str:
        with translate_file_errors(self._folder):
            make_private_folder(self._folder)
            copy = self._folder / f"{self._url.database}-{at.strftime(BACKUP_NAME_FORMAT)}.dump"
            draft = copy.with_suffix(".part")
            draft.unlink(missing_ok=True)
            os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE))
            try:
                if not self._is_written(draft, stopping):
                    return ""
                fsync_file(draft)
                os.utime(draft, (at.timestamp(), at.timestamp()))
                draft.replace(copy)
                fsync_folder(self._folder)
            finally:
                draft.unlink(missing_ok=True)
            for old in self._all()[BACKUPS_KEPT:]:
                old.unlink(missing_ok=True)
        return copy.name

    def remove_made_before(self, instant: datetime) -> None:
        with translate_file_errors(self._folder):
            for dump in self._all():
                if dump.stat().st_mtime < instant.timestamp():
                    dump.unlink(missing_ok=True)

    def _is_written(self, draft: Path, stopping: Callable[[], bool]) -> bool:
        dump = ["pg_dump", "--format=custom", f"--file={draft}", _without_password(self._url)]
        # Reads every block of it, as a restore does: a dump that is cut short or spoilt is refused.
        read = ["pg_restore", f"--file={os.devnull}", str(draft)]
        return all(self._has_run(command, stopping) for command in (dump, read))

    def _has_run(self, command: list[str], stopping: Callable[[], bool]) -> bool:
        """Run a tool to its end; returns False if it was ended because everything stops."""
        try:
            process = subprocess.Popen(  # noqa: S603 - the tools of PostgreSQL, our own address
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, "PGPASSWORD": self._url.password or ""},
                text=True,
            )
        except FileNotFoundError as error:
            raise self._failed(_("{tool} is missing", tool=command[0])) from error
        with process:
            told = None
            while told is None:
                if stopping():
                    process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    told = process.communicate(timeout=_LOOK_EVERY_S)[1]
        if process.returncode and stopping():
            return False
        if process.returncode:
            raise self._failed(next(reversed(told.splitlines()), command[0]))
        return True

    def _failed(self, why: object) -> LedgerError:
        return LedgerError(
            Problem(
                Place("config.toml", key="ledger.dumps"),
                _("The database could not be dumped: {reason}", reason=why),
                _(
                    "Install the client of PostgreSQL, at least as new as the server, and let our"
                    " user read every table. It is tried again within the hour."
                ),
            )
        )

    def _all(self) -> list[Path]:
        """Return the dumps of this database, the newest first."""
        names = f"{self._url.database}-*.dump"
        return sorted(self._folder.glob(names), key=lambda each: each.stat().st_mtime, reverse=True)


def _without_password(url: URL) -> str:
    """Return the address as the tools take it: what stands in a command, every user may read."""
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string()
