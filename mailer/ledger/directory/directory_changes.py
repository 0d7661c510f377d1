"""How often the directory was changed, which tells whether what was read of it still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from mailer.ledger.storage.definitions.change_tables import directory_change

if TYPE_CHECKING:
    from mailer.ledger.storage.database import Database

_SUM = select(func.coalesce(func.sum(directory_change.c.count), 0))


class SqlDirectoryChanges:
    """Reads what the triggers of the database count."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        with self._database.reading() as connection:
            return int(connection.scalar(_SUM) or 0)
