"""Incoming mail and webhook posts: mailbox cursors, stored posts, and dead letters."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from mailer.ledger.storage.database import insert as upsert
from mailer.ledger.storage.definitions import tables
from mailer.model.feedback.inbox import (
    MAILBOX,
    MAX_READ_ATTEMPTS,
    Cursor,
    DeadLetter,
    PostId,
    WebhookPost,
)
from mailer.model.feedback.unknown_mail import MOST_KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from mailer.ledger.storage.database import Database

_cursor, _post, _dead_letter = tables.cursor.c, tables.post.c, tables.dead_letter.c


class SqlInbox:
    """Stores what waits to be read. `SqlEvents.store` moves a cursor together with its events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cursor(self, mailbox: str) -> Cursor | None:
        query = select(tables.cursor).where(_cursor.mailbox == mailbox)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return Cursor(row.mailbox, row.validity, row.uid) if row else None

    def keep_posts(self, bodies: Sequence[bytes], *, provider: str, at: datetime) -> None:
        rows = [{"provider": provider, "body": body, "received_at": at} for body in bodies]
        with self._database.writing() as connection:
            connection.execute(insert(tables.post), rows)

    def posts(self, *, limit: int = 20, after: int = 0) -> Sequence[WebhookPost]:
        query = select(tables.post).where(_post.id > after).order_by(_post.id).limit(limit)
        with self._database.reading() as connection:
            return [
                WebhookPost(PostId(row.id), row.provider, row.body, row.received_at)
                for row in connection.execute(query)
            ]

    def record_failure(self, raw: bytes, *, source: str, why: str, at: datetime) -> int:
        values = {
            "key": hashlib.sha256(raw).hexdigest(),
            "source": source,
            "count": 1,
            "why": why,
            "at": at,
        }
        with self._database.writing() as connection:
            values["raw"] = b"" if source == MAILBOX and _is_full(connection) else raw
            counted = upsert(connection, tables.dead_letter).values(values)
            count: int = connection.execute(
                counted.on_conflict_do_update(
                    index_elements=["key"],
                    set_={"count": _dead_letter["count"] + 1, "why": why, "at": at},
                ).returning(_dead_letter["count"])
            ).scalar_one()
        return count

    def dead_letters(self) -> Sequence[DeadLetter]:
        query = (
            select(
                _dead_letter.source,
                _dead_letter.key,
                _dead_letter.why,
                _dead_letter.at,
                func.length(_dead_letter.raw).label("size"),
            )
            .where(is_dead_letter())
            .order_by(_dead_letter.at, _dead_letter.key)
        )
        with self._database.reading() as connection:
            return [
                DeadLetter(row.source, row.key, row.why, row.at, row.size)
                for row in connection.execute(query)
            ]

    def dead_letter_bytes(self, key: str) -> bytes | None:
        with self._database.reading() as connection:
            return connection.scalar(select(_dead_letter.raw).where(_dead_letter.key == key))


def is_dead_letter() -> ColumnElement[bool]:
    """Return the condition for an input that could not be read and that nobody has decided: the
    bytes of a mail are removed with the decision.
    """
    return (_dead_letter["count"] >= MAX_READ_ATTEMPTS) & (
        (_dead_letter.source != MAILBOX) | (_dead_letter.raw != b"")
    )


def _is_full(connection: Connection) -> bool:
    """Return whether as many unreadable mails wait as may be kept."""
    kept = select(func.count()).where(is_dead_letter(), _dead_letter.source == MAILBOX)
    return (connection.scalar(kept) or 0) >= MOST_KEPT
