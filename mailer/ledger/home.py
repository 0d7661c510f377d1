"""Where the ledger is used, and its move to another home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.ledger.storage import home
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.stopping_copies import stop_what_may_have_left
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.ledger.storage.database import Database
    from mailer.model.service.ledger_home import Elsewhere, HeldMailing
    from mailer.model.team.actor import Actor
    from mailer.wording import Text


class SqlHome:
    """The home of the ledger, in one row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def elsewhere(self) -> Elsewhere | None:
        with self._database.reading() as connection:
            return home.elsewhere(self._database, connection)

    def hold_what_may_have_left(self, *, actor: Actor, at: datetime) -> tuple[HeldMailing, ...]:
        with self._database.writing() as connection:
            home.expect_adoption(self._database, connection)
            found = home.elsewhere(self._database, connection)
            if found is None:
                return ()
            why = _copied_from(found)
            return stop_what_may_have_left(connection, actor=actor, at=at, why=why, made_at=None)

    def adopt(self, *, actor: Actor, at: datetime) -> bool:
        with self._database.writing() as connection:
            found = home.elsewhere(self._database, connection)
            if found is None:
                return False
            home.expect_adoption(self._database, connection)
            home.record_home(connection, home.home_here(self._database, connection), at=at)
            write_entry(
                connection,
                at=at,
                actor=actor,
                action=home.ADOPTED,
                subject=home.SUBJECT,
                detail=as_note(_copied_from(found)),
            )
        if self._database.is_file:
            # Last: without this number an older copy in the ledger's place would not be noticed.
            # Whoever is killed before leaves one that counts no more.
            home.forget_last_line(self._database.path)
        return True


def _copied_from(found: Elsewhere) -> Text:
    return _("copied from {place}", place=f"{found.home.host}, {found.home.location}")
