"""The backup that the service makes of the ledger once a day: of a file, or of a shared database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from mailer.errors import LedgerError, MailerError
from mailer.ledger import is_damage
from mailer.operations.dumps import dump_if_due

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.wiring.app import App

BACKUP_EVERY = timedelta(days=1)
_LOOK_EVERY = timedelta(hours=1)


class DailyBackup:
    """Backs up the ledger of a workspace when its last backup is older than a day."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._next_at = datetime.min.replace(tzinfo=UTC)

    def make_sometimes(
        self,
        failed: Callable[[MailerError], None],
        succeeded: Callable[[], None] = lambda: None,
    ) -> None:
        """Make a backup if one is due, unless that was looked for less than an hour ago.

        An error is passed to `failed` and the backup is tried again in an hour. A damaged ledger
        raises LedgerError, because nothing may be sent from it. A PostgreSQL ledger is left to
        `dump_database`, and to its administrator.
        """
        if self._app.settings.ledger.is_postgresql:
            return
        now = self._app.clock.now()
        # A look further off than an hour was set before the clock was set back.
        if now < self._next_at <= now + _LOOK_EVERY:
            return
        self._next_at = now + _LOOK_EVERY
        try:
            self._app.ledger.backups.create(at=now, unless_within=BACKUP_EVERY)
        except LedgerError as error:
            if is_damage(error):
                raise
            failed(error)
        else:
            if self._app.ledger.condition.newest_backup_at() is not None:
                succeeded()


def dump_database(app: App, *, stopping: Callable[[], bool]) -> None:
    """Dump the database of the workspace if that is due, unless another host does. Raises LedgerError."""
    if app.dumps is not None:
        dump_if_due(
            dumps=app.dumps,
            ledger=app.ledger,
            hour=app.settings.ledger.dumps_at,
            zone=app.settings.office.time_zone,
            host=app.process.partition(":")[0],
            now=app.clock.now(),
            stopping=stopping,
        )
