"""Ends the sessions of people and their links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from mailer.ledger.storage.definitions import desk_tables as tables
from mailer.ledger.storage.journal import write_entry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.team.actor import Actor

_session, _link = tables.desk_session.c, tables.one_time_link.c


def end_access(connection: Connection, person: str, *, at: datetime, but: str = "") -> None:
    """End the sessions of a person, but the one with the hash `but`, and the person's links."""
    connection.execute(delete(tables.one_time_link).where(_link.person == person))
    open_ones = (_session.person == person) & _session.ended_at.is_(None)
    ending = update(tables.desk_session).where(open_ones, _session.token_hash != but)
    connection.execute(ending.values(ended_at=at, id_token=""))


def end_sessions(
    connection: Connection,
    person: str,
    *,
    but: str = "",
    only: str = "",
    actor: Actor,
    at: datetime,
) -> int:
    """End the sessions of a person, but one or only one of them; return how many. Journalled."""
    ending = update(tables.desk_session).where(
        _session.person == person, _session.ended_at.is_(None), _session.token_hash != but
    )
    if only:
        ending = ending.where(_session.token_hash == only)
    count = connection.execute(ending.values(ended_at=at, id_token="")).rowcount
    if count:
        detail = f"{person}: {count}"
        write_entry(
            connection, at=at, actor=actor, action="sign-out", subject="team", detail=detail
        )
    return count


def end_all_access(connection: Connection, *, at: datetime) -> None:
    """End every session and link: a backup may know some that were ended after it was made."""
    connection.execute(delete(tables.one_time_link))
    open_ones = update(tables.desk_session).where(_session.ended_at.is_(None))
    connection.execute(open_ones.values(ended_at=at, id_token=""))
