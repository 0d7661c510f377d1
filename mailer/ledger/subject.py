"""What every subject of the ledger stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.ledger.database import Database


class Subject:
    """A part of the ledger: queries about one thing, on one shared database."""

    def __init__(self, database: Database) -> None:
        self._database = database
