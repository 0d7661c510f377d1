"""Stores the lines of the journal, each with the hash of the one before it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import insert, select, type_coerce, update
from sqlalchemy.types import NullType

from mailer.journal.chain import BEGINNING, anchors_in, hash_of_line, hash_of_words
from mailer.ledger.storage.database import before_commit, lock_exclusively
from mailer.ledger.storage.definitions import tables
from mailer.model.journal.chain import Anchor, ChainedLine
from mailer.model.journal.line import JournalEntry
from mailer.model.team.actor import Via

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Row

_journal = tables.journal.c
LINES = select(
    _journal.at,
    _journal.person,
    _journal.by,
    _journal.via,
    _journal.action,
    _journal.subject,
    _journal.detail,
    _journal.id,
)
_CHAINED = select(
    # Text on SQLite, so that one that is no instant can be read and found.
    type_coerce(_journal.at, NullType).label("instant"),
    *(column for column in _journal if column is not _journal.at),
)
_LAST = select(_journal.id, _journal.hash).order_by(_journal.id.desc()).limit(1)
_ADD = insert(tables.journal)
_CHAIN = 20171212
"""The number of the lock under which a line is added to the chain."""
_BATCH = 1000
_BEFORE_ANY = -(2**31)
_NO_INSTANT = datetime.min.replace(tzinfo=UTC)


def append(
    connection: Connection,
    lines: Sequence[JournalEntry],
    *,
    rewritten: Mapping[int, str] = MappingProxyType({}),
) -> None:
    """Add lines to the chain at the end of the transaction.

    On PostgreSQL a writer waits there until the one before has committed: the transaction has
    taken all its other locks by then, so that no two can wait for each other.
    """
    before_commit(connection, lambda: _append(connection, lines, rewritten))


def _append(
    connection: Connection, lines: Sequence[JournalEntry], rewritten: Mapping[int, str]
) -> None:
    lock_exclusively(connection, _CHAIN)
    end, rows = last_line(connection), []
    for line in lines:
        row = chained(line, after=end, rewritten=rewritten)
        end = Anchor(row["id"], row["hash"])
        rows.append(row)
    connection.execute(_ADD, rows)


def last_line(connection: Connection) -> Anchor:
    """Return the number and the hash of the last line."""
    row = connection.execute(_LAST).first()
    return Anchor(row.id, row.hash) if row else BEGINNING


def chained(
    line: JournalEntry, *, after: Anchor, rewritten: Mapping[int, str] = MappingProxyType({})
) -> dict[str, Any]:
    """Return the row of the line that follows the line `after`."""
    line, salt = replace(line, id=after.count + 1), secrets.token_hex(16)
    words_hash, rewritten_text = (
        hash_of_words(line, salt),
        " ".join(str(Anchor(*each)) for each in rewritten.items()),
    )
    return {
        "id": line.id,
        "at": line.at,
        "person": line.person,
        "by": line.name,
        "via": line.via.value,
        "action": line.action,
        "subject": line.subject,
        "detail": line.detail,
        "salt": salt,
        "words_hash": words_hash,
        "rewritten": rewritten_text,
        "previous": after.hash,
        "hash": hash_of_line(
            line, words_hash=words_hash, rewritten=rewritten_text, previous=after.hash
        ),
    }


def replace_words(connection: Connection, line: JournalEntry) -> str:
    """Replace the words of a line by those of `line`; returns the hash of the new ones.

    The line of the act must have it (`rewritten`). Without the old salt, what the chain still
    has of the old words tells nobody what they were.
    """
    salt = secrets.token_hex(16)
    connection.execute(
        update(tables.journal)
        .where(_journal.id == line.id)
        .values(by=line.name, subject=line.subject, detail=line.detail, salt=salt)
    )
    return hash_of_words(line, salt)


def chained_lines(connection: Connection) -> Iterator[ChainedLine]:
    """Yield all lines in their order, reading some at a time."""
    number = _BEFORE_ANY
    query = _CHAINED.order_by(_journal.id).limit(_BATCH)
    while rows := connection.execute(query.where(_journal.id > number)).all():
        number = rows[-1].id
        for row in rows:
            yield ChainedLine(
                entry=_entry_as_stored(row),
                salt=row.salt,
                words_hash=row.words_hash,
                rewritten=row.rewritten,
                previous=row.previous,
                hash=row.hash,
            )


def _entry_as_stored(row: Row[*tuple[Any, ...]]) -> JournalEntry:
    """Return a line with whatever stands in it: a forged one must be found, not fail to be read."""
    return JournalEntry(
        at=_instant(row.instant),
        person=row.person,
        name=row.by,
        via=cast("Via", row.via),
        action=row.action,
        subject=row.subject,
        detail=row.detail,
        id=row.id,
    )


def _instant(stored: object) -> datetime:
    if isinstance(stored, datetime):
        return stored
    try:
        return datetime.fromisoformat(str(stored)).replace(tzinfo=UTC)
    except ValueError:
        return _NO_INSTANT


def rewritten_words(connection: Connection) -> dict[int, str]:
    """Return the hash of the words that the last erasure left in each line that it changed."""
    query = select(_journal.rewritten).where(_journal.rewritten != "").order_by(_journal.id)
    return {
        anchor.count: anchor.hash
        for text in connection.scalars(query)
        for anchor in anchors_in(str(text))
    }


def entry_of(row: Row[*tuple[Any, ...]]) -> JournalEntry:
    """Return the line that a row of `LINES` holds."""
    return JournalEntry(
        at=row.at,
        person=row.person,
        name=row.by,
        via=Via(row.via),
        action=row.action,
        subject=row.subject,
        detail=row.detail,
        id=row.id,
    )
