"""Where the ledger is used, and its move to another place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.ledger.storage import home
from mailer.ledger.storage.in_doubt import stop_what_may_have_left
from mailer.ledger.storage.journal import write_entry
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.ledger.storage.database import Database
    from mailer.model.actor import Actor
    from mailer.model.ledger_place import Elsewhere
    from mailer.model.mailing import MailingId


class SqlHome:
    """The place of the ledger, in one row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def elsewhere(self) -> Elsewhere | None:
        with self._database.reading() as connection:
            return home.elsewhere(self._database, connection)

    def adopt(
        self, *, nothing_sent_since: bool, actor: Actor, at: datetime
    ) -> tuple[MailingId, ...] | None:
        with self._database.writing() as connection:
            found = home.elsewhere(self._database, connection)
            if found is None:
                return None
            why = _("copied from {place}", place=f"{found.home.host}, {found.home.location}")
            held = (
                ()
                if nothing_sent_since
                else stop_what_may_have_left(connection, actor=actor, at=at, why=why, made_at=None)
            )
            home.settle(connection, home.place_of(self._database, connection), at=at)
            if self._database.is_file:
                home.forget_last_line(self._database.path)
            write_entry(
                connection, at=at, actor=actor, action="adopt", subject="ledger", detail=str(why)
            )
        return held
