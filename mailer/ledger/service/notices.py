"""Notices to the team: each is mailed once, and kept until a mail was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import service_tables
from mailer.model.mailings.progress import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.ledger.storage.database import Database

_notice = service_tables.notice.c


class SqlNotices:
    """One row for each notice, sent or not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def insert(self, notices: Sequence[Notice]) -> frozenset[str]:
        keys = [notice.key for notice in notices]
        with self._database.reading() as connection:
            known = set(connection.scalars(select(_notice.key).where(_notice.key.in_(keys))))
        rows = [
            {
                "key": notice.key,
                "what": notice.what,
                "remedy": notice.remedy,
                "found_at": notice.found_at,
                "free_at": notice.found_at,
            }
            for notice in notices
            if notice.key not in known
        ]
        if not rows:
            return frozenset()
        with self._database.writing() as connection:
            stored = insert(connection, service_tables.notice).on_conflict_do_nothing()
            return frozenset(
                connection.scalars(stored.values(rows).returning(service_tables.notice.c.key)).all()
            )

    def take(self, *, now: datetime, until: datetime) -> Sequence[Notice]:
        waiting = (_notice.told_at.is_(None), _notice.free_at <= now)
        with self._database.reading() as connection:
            if connection.execute(select(_notice.key).where(*waiting).limit(1)).first() is None:
                return []
        taking = (
            update(service_tables.notice)
            .where(*waiting)
            .values(free_at=until)
            .returning(_notice.key, _notice.what, _notice.remedy, _notice.found_at)
        )
        with self._database.writing() as connection:
            taken = [Notice(*row) for row in connection.execute(taking)]
        return sorted(taken, key=lambda notice: (notice.found_at, notice.key))

    def postpone(self, keys: Sequence[str], *, until: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(
                update(service_tables.notice).where(_notice.key.in_(keys)).values(free_at=until)
            )

    def record_sent(self, keys: Sequence[str], *, at: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(
                update(service_tables.notice).where(_notice.key.in_(keys)).values(told_at=at)
            )
