"""Which identities of a provider belong to which people, and who waits to be recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from mailer.ledger.storage import database as storage
from mailer.ledger.storage.access import end_access
from mailer.ledger.storage.definitions import desk_tables, identity_tables
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.team.sign_ins import is_link_open, open_session
from mailer.ledger.team.team import add_person, change_person, lock_team, read_people
from mailer.model.team.identity import LinkedIdentity, ProviderIdentity, WaitingIdentity
from mailer.model.team.person import PersonChange, Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person
    from mailer.model.team.sign_in import DeskSession

_tables = identity_tables
_identity, _waiting, _used = _tables.identity.c, _tables.waiting_identity.c, _tables.used_proof.c


class SqlIdentities:
    """The identities by issuer and subject, and the proofs that were used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, identity: ProviderIdentity) -> LinkedIdentity | None:
        with self._database.reading() as connection:
            return _linked(connection, identity)

    def of_person(self, person: str) -> Sequence[LinkedIdentity]:
        query = select(_tables.identity).where(_identity.person == person)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(_identity.seen_at.desc(), _identity.subject))
            return [_linked_of(row) for row in rows]

    def enter(
        self,
        session: DeskSession,
        linked: LinkedIdentity,
        *,
        before: Person | None,
        person: Person,
        link: str = "",
        actor: Actor,
    ) -> PersonChange:
        at = session.created_at
        with self._database.writing() as connection:
            lock_team(connection)
            known = _linked(connection, linked.identity)
            if known and known.person != linked.person:
                return PersonChange.STALE
            if link and not is_link_open(connection, link, at=at):
                return PersonChange.STALE
            change = _brought_up_to_date(connection, before, person, actor=actor, at=at)
            if change is not PersonChange.DONE:
                return change
            _use_link(connection, link, at=at)
            _store(connection, linked)
            if known is None:
                _note_link(connection, linked, actor=actor, at=at)
            open_session(connection, session, actor=actor)
        return PersonChange.DONE

    def shut_out(
        self, linked: LinkedIdentity, *, before: Person, person: Person, actor: Actor, at: datetime
    ) -> PersonChange:
        with self._database.writing() as connection:
            lock_team(connection)
            change = _brought_up_to_date(connection, before, person, actor=actor, at=at)
            if change is PersonChange.DONE:
                _store(connection, linked)
                end_access(connection, person.id, at=at)
        return change

    def link(self, linked: LinkedIdentity, *, actor: Actor) -> bool:
        with self._database.writing() as connection:
            lock_team(connection)
            people = {each.id: each for each in read_people(connection)}
            person = people.get(linked.person)
            known = _linked(connection, linked.identity)
            if known or person is None or not person.is_enabled:
                return False
            _store(connection, linked)
            _note_link(connection, linked, actor=actor, at=linked.linked_at)
        return True

    def unlink(
        self, identity: ProviderIdentity, *, person: str, actor: Actor, at: datetime
    ) -> bool:
        mine = _is(_identity, identity) & (_identity.person == person)
        session = desk_tables.desk_session.c
        begun = (session.issuer == identity.issuer) & (session.subject == identity.subject)
        ending = update(desk_tables.desk_session).where(begun, session.ended_at.is_(None))
        with self._database.writing() as connection:
            if not connection.execute(delete(_tables.identity).where(mine)).rowcount:
                return False
            connection.execute(ending.values(ended_at=at, id_token=""))
            _note(connection, "unlink-identity", f"{person}: {identity.issuer}", actor=actor, at=at)
        return True

    def wait(self, waiting: WaitingIdentity) -> None:
        values = {**_key(waiting.identity), "name": waiting.name, "address": waiting.address}
        values |= {"person": waiting.person, "asked_at": waiting.asked_at}
        with self._database.writing() as connection:
            connection.execute(
                delete(_tables.waiting_identity).where(_is(_waiting, waiting.identity))
            )
            connection.execute(_tables.waiting_identity.insert().values(values))

    def waiting(self) -> Sequence[WaitingIdentity]:
        query = select(_tables.waiting_identity).order_by(_waiting.asked_at, _waiting.subject)
        with self._database.reading() as connection:
            return [
                WaitingIdentity(
                    identity=ProviderIdentity(row.issuer, row.subject),
                    name=row.name,
                    address=row.address,
                    person=row.person,
                    asked_at=row.asked_at,
                )
                for row in connection.execute(query)
            ]

    def dismiss(self, identity: ProviderIdentity, *, actor: Actor, at: datetime) -> None:
        gone = delete(_tables.waiting_identity).where(_is(_waiting, identity))
        with self._database.writing() as connection:
            if connection.execute(gone).rowcount:
                _note(connection, "dismiss-identity", identity.issuer, actor=actor, at=at)

    def use_once(self, proof_hash: str, *, until: datetime, at: datetime) -> bool:
        line = {"hash": proof_hash, "until": until}
        with self._database.writing() as connection:
            connection.execute(delete(_tables.used_proof).where(_used.until < at))
            added = storage.insert(connection, _tables.used_proof).values(line)
            stored = connection.execute(added.on_conflict_do_nothing().returning(_used.hash))
            return stored.first() is not None


def _brought_up_to_date(
    connection: Connection, before: Person | None, person: Person, *, actor: Actor, at: datetime
) -> PersonChange:
    """Add a newcomer, or give somebody the roles of today; the other sessions end with a role."""
    if before is None:
        added = add_person(connection, person, actor=actor, at=at)
        return PersonChange.DONE if added else PersonChange.ADDRESS_TAKEN
    if before not in read_people(connection):
        return PersonChange.STALE
    if person == before:
        return PersonChange.DONE
    told = [*sorted(person.roles), *([str(person.address)] * (person.address != before.address))]
    detail = f"{person.id}: {', '.join(told)}"
    change = change_person(
        connection,
        before,
        person,
        action="change-by-provider",
        detail=detail,
        actor=actor,
        at=at,
    )
    if change is PersonChange.DONE and before.roles - person.roles:
        end_access(connection, person.id, at=at)
    return change


def _store(connection: Connection, linked: LinkedIdentity) -> None:
    """Write the row of an identity; nobody of whom it is known who it is waits any longer."""
    values = {
        **_key(linked.identity),
        "person": linked.person,
        "address": linked.address,
        "granted": sorted(linked.granted),
        "linked_at": linked.linked_at,
        "seen_at": linked.seen_at,
    }
    line = storage.insert(connection, _tables.identity).values(values)
    changing = {name: line.excluded[name] for name in ("address", "granted", "seen_at")}
    connection.execute(
        line.on_conflict_do_update(index_elements=["issuer", "subject"], set_=changing)
    )
    waits = _is(_waiting, linked.identity)
    connection.execute(delete(_tables.waiting_identity).where(waits))


def _use_link(connection: Connection, link: str, *, at: datetime) -> None:
    links = desk_tables.one_time_link
    if link:
        used = update(links).where(links.c.token_hash == link)
        connection.execute(used.values(used_at=at))


def _linked(connection: Connection, identity: ProviderIdentity) -> LinkedIdentity | None:
    query = select(_tables.identity).where(_is(_identity, identity))
    row = connection.execute(query).first()
    return _linked_of(row) if row else None


def _linked_of(row: Row[Any]) -> LinkedIdentity:
    return LinkedIdentity(
        identity=ProviderIdentity(row.issuer, row.subject),
        person=row.person,
        address=row.address,
        granted=frozenset(map(Role, row.granted)),
        linked_at=row.linked_at,
        seen_at=row.seen_at,
    )


def _is(columns: Any, identity: ProviderIdentity) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (columns.issuer == identity.issuer) & (
        columns.subject == identity.subject
    )
    return found


def _key(identity: ProviderIdentity) -> dict[str, object]:
    return {"issuer": identity.issuer, "subject": identity.subject}


def _note_link(
    connection: Connection, linked: LinkedIdentity, *, actor: Actor, at: datetime
) -> None:
    detail = f"{linked.person}: {linked.identity.issuer}"
    _note(connection, "link-identity", detail, actor=actor, at=at)


def _note(connection: Connection, action: str, detail: str, *, actor: Actor, at: datetime) -> None:
    write_entry(connection, at=at, actor=actor, action=action, subject="team", detail=detail)
