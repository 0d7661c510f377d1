"""The people of the press office, and their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Row, select

from mailer.ledger.storage.access import end_access
from mailer.ledger.storage.database import insert, lock_exclusively
from mailer.ledger.storage.definitions import desk_tables as tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.address import Address
from mailer.model.team.person import Person, PersonChange, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor

_person = tables.person.c
_CHANGES = 20171211
"""The number of the lock under which people change, so that two cannot disable each other."""


class SqlTeam:
    """The people, one row for each. Nobody is ever removed, because the journal names them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def people(self) -> Sequence[Person]:
        with self._database.reading() as connection:
            return read_people(connection)

    def add(self, people: Iterable[Person], *, actor: Actor, at: datetime) -> Sequence[Person]:
        with self._database.writing() as connection:
            return [each for each in people if add_person(connection, each, actor=actor, at=at)]

    def replace(
        self, old: Person, new: Person, *, action: str, detail: str, actor: Actor, at: datetime
    ) -> PersonChange:
        with self._database.writing() as connection:
            lock_team(connection)
            return change_person(
                connection, old, new, action=action, detail=detail, actor=actor, at=at
            )


def lock_team(connection: Connection) -> None:
    """Let one transaction at a time change who may do what."""
    lock_exclusively(connection, _CHANGES)


def change_person(
    connection: Connection,
    old: Person,
    new: Person,
    *,
    action: str,
    detail: str,
    actor: Actor,
    at: datetime,
) -> PersonChange:
    """Replace a person in a transaction that holds the lock of `lock_team`: see `Team.replace`."""
    change = _outcome(read_people(connection), old, new)
    if change is PersonChange.DONE:
        row = tables.person.update().where(_person.id == old.id)
        connection.execute(row.values(_row_of(new)))
        if not new.is_enabled:
            end_access(connection, new.id, at=at)
        write_entry(connection, at=at, actor=actor, action=action, subject="team", detail=detail)
    return change


def _outcome(people: Sequence[Person], old: Person, new: Person) -> PersonChange:
    if old not in people:
        return PersonChange.STALE
    others = [each for each in people if each.id != old.id]
    key = new.address and new.address.key
    if key and any(each.address and each.address.key == key for each in others):
        return PersonChange.ADDRESS_TAKEN
    if old.is_administrator and not any(each.is_administrator for each in (*others, new)):
        return PersonChange.LAST_ADMINISTRATOR
    return PersonChange.DONE


def add_person(connection: Connection, person: Person, *, actor: Actor, at: datetime) -> bool:
    """Add a person with a line in the journal, unless the id or the address is somebody else's."""
    added = (
        insert(connection, tables.person)
        .values(_row_of(person))
        .on_conflict_do_nothing()
        .returning(_person.id)
    )
    if connection.execute(added).first() is None:
        return False
    roles = ", ".join(sorted(person.roles))
    detail = f"{person.id} ({person.name}): {roles}"
    write_entry(connection, at=at, actor=actor, action="add-person", subject="team", detail=detail)
    return True


def read_people(connection: Connection) -> Sequence[Person]:
    """Return everybody by name."""
    rows = connection.execute(select(tables.person).order_by(_person.name, _person.id))
    return [_person_of(row) for row in rows]


def _row_of(person: Person) -> Mapping[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "address": str(person.address or ""),
        "address_key": person.address.key if person.address else None,
        "roles": sorted(person.roles),
        "language": person.language,
        "disabled_at": person.disabled_at,
        "lists": sorted(person.lists),
    }


def _person_of(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        roles=frozenset(map(Role, row.roles)),
        address=Address.parse(row.address) if row.address else None,
        language=row.language,
        disabled_at=row.disabled_at,
        lists=frozenset(row.lists),
    )
