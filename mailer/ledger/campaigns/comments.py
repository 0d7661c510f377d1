"""Comments of the team at passages of the texts, and the answers to them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, insert, select, update

from mailer.ledger.storage.definitions.comment_tables import comment as table
from mailer.ledger.storage.definitions.comment_tables import comment_answer
from mailer.ledger.storage.journal import write_entry
from mailer.model.drafts.comment import Comment, CommentAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.address import Address
    from mailer.model.team.actor import Actor


class SqlComments:
    """A row for each comment and for each answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, comment: Comment, *, actor: Actor) -> int:
        names = ("campaign", "file", "quote", "words", "person", "by", "at", "closed_by")
        with self._database.writing() as connection:
            stored = connection.execute(
                insert(table)
                .values({name: getattr(comment, name) for name in names})
                .returning(table.c.id)
            )
            number = int(stored.scalar_one())
            _journal(connection, comment.campaign, number, "comment", actor=actor, at=comment.at)
        return number

    def answer(self, campaign: str, comment: int, answer: CommentAnswer, *, actor: Actor) -> bool:
        with self._database.writing() as connection:
            if connection.scalar(select(table.c.id).where(_is_open(campaign, comment))) is None:
                return False
            connection.execute(
                insert(comment_answer).values(
                    comment=comment,
                    words=answer.words,
                    person=answer.person,
                    by=answer.by,
                    at=answer.at,
                )
            )
            _journal(connection, campaign, comment, "answer-comment", actor=actor, at=answer.at)
        return True

    def close(self, campaign: str, comment: int, *, actor: Actor, at: datetime) -> bool:
        closing = update(table).where(_is_open(campaign, comment))
        with self._database.writing() as connection:
            values = {"closed_at": at, "closed_by": actor.name}
            if not connection.execute(closing.values(values)).rowcount:
                return False
            _journal(connection, campaign, comment, "close-comment", actor=actor, at=at)
        return True

    def of_campaign(self, campaign: str) -> Sequence[Comment]:
        return self._those(table.c.campaign == campaign)

    def open(self) -> Sequence[Comment]:
        return self._those(table.c.closed_at.is_(None))

    def _those(self, wanted: ColumnElement[bool]) -> Sequence[Comment]:
        answers: defaultdict[int, list[CommentAnswer]] = defaultdict(list)
        to_them = select(comment_answer).where(
            comment_answer.c.comment.in_(select(table.c.id).where(wanted))
        )
        with self._database.reading() as connection:
            rows = connection.execute(select(table).where(wanted).order_by(table.c.id)).all()
            for row in connection.execute(to_them.order_by(comment_answer.c.id)) if rows else ():
                answers[row.comment].append(CommentAnswer(row.words, row.person, row.by, row.at))
            return [
                Comment(**row._mapping, answers=tuple(answers[row.id]))  # noqa: SLF001 - its public name
                for row in rows
            ]


def erase_from_comments(connection: Connection, address: Address, nobody: str) -> None:
    """Replace an address in every comment and answer that names it, in any letter case."""
    spelling = re.compile(re.escape(str(address)), re.IGNORECASE)
    for column in (table.c.quote, table.c.words, comment_answer.c.words):
        named = func.lower(column).contains(str(address).lower(), autoescape=True)
        owner = column.table
        for row in connection.execute(select(owner.c.id, column).where(named)).all():
            erased = {column.name: spelling.sub(nobody, row[1])}
            connection.execute(update(owner).where(owner.c.id == row.id).values(erased))


def _is_open(campaign: str, comment: int) -> ColumnElement[bool]:
    return (table.c.campaign == campaign) & (table.c.id == comment) & table.c.closed_at.is_(None)


def _journal(
    connection: Connection, campaign: str, number: int, action: str, *, actor: Actor, at: datetime
) -> None:
    write_entry(
        connection, at=at, actor=actor, action=action, subject=campaign, detail=f"n° {number}"
    )
