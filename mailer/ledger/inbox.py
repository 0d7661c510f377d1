"""What comes in and is not yet understood: how far mailboxes are read, posts, and poison."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from mailer.ledger.storage import tables
from mailer.ledger.storage.database import insert as upsert
from mailer.model.inbox import MAX_READ_ATTEMPTS, Cursor, DeadLetter, PostId, WebhookPost

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.ledger.storage.database import Database

_cursor, _post, _strike = tables.cursor.c, tables.post.c, tables.strike.c


class SqlInbox:
    """Cursors move with the facts they brought (`EventTable.take_in`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cursor(self, mailbox: str) -> Cursor | None:
        found = select(tables.cursor).where(_cursor.mailbox == mailbox)
        with self._database.reading() as connection:
            row = connection.execute(found).one_or_none()
        return Cursor(row.mailbox, row.validity, row.uid) if row else None

    def keep_posts(self, bodies: Sequence[bytes], *, provider: str, at: datetime) -> None:
        """Makes the posts durable, all in one commit, before it returns."""
        rows = [{"provider": provider, "body": body, "received_at": at} for body in bodies]
        with self._database.writing() as connection:
            connection.execute(insert(tables.post), rows)

    def posts(self, *, limit: int = 20, after: int = 0) -> Sequence[WebhookPost]:
        """The oldest posts that wait to be read, those after id `after`."""
        found = select(tables.post).where(_post.id > after).order_by(_post.id).limit(limit)
        with self._database.reading() as connection:
            return [
                WebhookPost(PostId(row.id), row.provider, row.body, row.received_at)
                for row in connection.execute(found)
            ]

    def record_failure(self, raw: bytes, *, source: str, why: str, at: datetime) -> int:
        """Counts a failure to read `raw`, and keeps its bytes; how many there were."""
        values = {
            "key": hashlib.sha256(raw).hexdigest(),
            "source": source,
            "count": 1,
            "why": why,
            "raw": raw,
            "at": at,
        }
        with self._database.writing() as connection:
            counted = upsert(connection, tables.strike).values(values)
            count: int = connection.execute(
                counted.on_conflict_do_update(
                    index_elements=["key"],
                    set_={"count": _strike["count"] + 1, "why": why, "at": at},
                ).returning(_strike["count"])
            ).scalar_one()
        return count

    def dead_letters(self) -> Sequence[DeadLetter]:
        """What was given up on, oldest first."""
        found = (
            select(
                _strike.source,
                _strike.key,
                _strike.why,
                _strike.at,
                func.length(_strike.raw).label("size"),
            )
            .where(_strike["count"] >= MAX_READ_ATTEMPTS)
            .order_by(_strike.at, _strike.key)
        )
        with self._database.reading() as connection:
            return [
                DeadLetter(row.source, row.key, row.why, row.at, row.size)
                for row in connection.execute(found)
            ]

    def dead_letter_bytes(self, key: str) -> bytes | None:
        """Return the bytes of a dead letter; None when there is none of this key."""
        with self._database.reading() as connection:
            return connection.scalar(select(_strike.raw).where(_strike.key == key))
