"""Puts the people of a list on another one, or on none, with all that names the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.desk_tables import list_file, person
from mailer.ledger.storage.journal import write_entry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.contacts.list_move import ListMove
    from mailer.model.team.actor import Actor

_membership = tables.membership.c


def move_list(connection: Connection, move: ListMove, *, actor: Actor, at: datetime) -> bool:
    """Move the people, the limits of the team and the files that wait; write the line.

    Does nothing and returns False when the list has not as many people as were shown.
    """
    on_list = _membership.list == move.name
    size = connection.scalar(select(func.count()).select_from(tables.membership).where(on_list))
    if not size or size != move.size:
        return False
    if move.to:
        there = select(_membership.contact_id).where(_membership.list == move.to)
        only_here = select(_membership.contact_id).where(
            on_list, _membership.contact_id.not_in(there)
        )
        connection.execute(
            update(tables.membership)
            .where(on_list, _membership.contact_id.in_(only_here))
            .values(list=move.to)
        )
        waiting = update(list_file).where(list_file.c.list == move.name)
        connection.execute(waiting.values(list=move.to))
        _move_limits(connection, move.name, move.to)
    connection.execute(delete(tables.membership).where(on_list))
    subject = move.to or move.name
    write_entry(
        connection, at=at, actor=actor, action=move.action, subject=subject, detail=move.detail
    )
    return True


def _move_limits(connection: Connection, old: str, new: str) -> None:
    for person_id, lists in connection.execute(select(person.c.id, person.c.lists)).all():
        if old in lists:
            limits = sorted({*lists, new} - {old})
            connection.execute(update(person).where(person.c.id == person_id).values(lists=limits))
