"""Passwords, sessions and links that work once. Of a token only the SHA-256 is stored."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select, update

from mailer.ledger.storage import database as storage
from mailer.ledger.storage.access import end_access, end_sessions
from mailer.ledger.storage.definitions import desk_tables as tables
from mailer.ledger.storage.definitions.sign_off_tables import link_key
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.team.team import add_person, lock_team
from mailer.model.team.identity import SignInMethod
from mailer.model.team.sign_in import IDLE, DeskSession, KeptForm, LinkPurpose, OneTimeLink

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection, Row, RowMapping, Select

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person

_password, _session = tables.password.c, tables.desk_session.c
_link, _form = tables.one_time_link.c, tables.kept_form.c
_SESSIONS_KEPT = timedelta(days=60)
"""How long an ended session stays, so that its browser is recognised: see `operations.team`."""
_FORMS_KEPT = timedelta(days=2)


class SqlSignIns:
    """How the people of the office come in, and what they typed when they were out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def password_hash(self, person: str) -> str:
        query = select(_password.hash).where(_password.person == person)
        with self._database.reading() as connection:
            return connection.scalar(query) or ""

    def with_password(self) -> Mapping[str, datetime]:
        query = select(_password.person, _password.set_at)
        with self._database.reading() as connection:
            return {row.person: row.set_at for row in connection.execute(query)}

    def set_password(
        self, person: str, password_hash: str, *, keep: str, actor: Actor, at: datetime
    ) -> None:
        with self._database.writing() as connection:
            end_access(connection, person, at=at, but=keep)
            _set_password(connection, person, password_hash, actor=actor, at=at)

    def strengthen(self, person: str, *, old: str, new: str) -> None:
        same = (_password.person == person) & (_password.hash == old)
        with self._database.writing() as connection:
            connection.execute(update(tables.password).where(same).values(hash=new))

    def open_session(self, session: DeskSession, *, actor: Actor) -> None:
        with self._database.writing() as connection:
            open_session(connection, session, actor=actor)

    def welcome(
        self,
        link: str,
        session: DeskSession,
        *,
        newcomer: Person | None = None,
        password_hash: str = "",
        actor: Actor,
    ) -> bool:
        at = session.created_at
        with self._database.writing() as connection:
            lock_team(connection)
            if not is_link_open(connection, link, at=at):
                return False
            if newcomer and not add_person(connection, newcomer, actor=actor, at=at):
                return False
            if not _is_enabled(connection, session.person):
                return False
            used = update(tables.one_time_link).where(_link.token_hash == link)
            connection.execute(used.values(used_at=at))
            if password_hash:
                end_access(connection, session.person, at=at)
                _set_password(connection, session.person, password_hash, actor=actor, at=at)
            open_session(connection, session, actor=actor)
        return True

    def session(self, token_hash: str) -> DeskSession | None:
        query = select(tables.desk_session).where(_session.token_hash == token_hash)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
            return session_of(row) if row else None

    def sessions(self, person: str, *, now: datetime) -> Sequence[DeskSession]:
        query = (
            select(tables.desk_session)
            .where(_session.person == person, _session.ended_at.is_(None))
            .where(_session.expires_at > now, _session.seen_at > now - IDLE)
            .order_by(_session.seen_at.desc(), _session.token_hash)
        )
        with self._database.reading() as connection:
            return [session_of(row) for row in connection.execute(query).mappings()]

    def note_use(self, token_hash: str, *, at: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(_session_with(token_hash).values(seen_at=at))

    def note_proof(self, token_hash: str, *, actor: Actor, at: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(_session_with(token_hash).values(proved_at=at, seen_at=at))
            write_entry(connection, at=at, actor=actor, action="prove-identity", subject="team")

    def end_sessions(
        self, person: str, *, but: str = "", only: str = "", actor: Actor, at: datetime
    ) -> int:
        with self._database.writing() as connection:
            return end_sessions(connection, person, but=but, only=only, actor=actor, at=at)

    def add_link(self, link: OneTimeLink, *, actor: Actor) -> None:
        same = (_link.purpose == link.purpose.value) & (_link.person == link.person)
        with self._database.writing() as connection:
            connection.execute(delete(tables.one_time_link).where(same))
            values = {**asdict(link), "purpose": link.purpose.value}
            connection.execute(insert(tables.one_time_link).values(values))
            detail = f"{link.purpose}: {link.person}" if link.person else link.purpose.value
            write_entry(
                connection,
                at=link.created_at,
                actor=actor,
                action="make-link",
                subject="team",
                detail=detail,
            )

    def link(self, token_hash: str) -> OneTimeLink | None:
        query = select(tables.one_time_link).where(_link.token_hash == token_hash)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
            return _link_of(row) if row else None

    def invited(self, *, now: datetime) -> frozenset[str]:
        is_open = _link.used_at.is_(None) & (_link.expires_at > now)
        query = select(_link.person).where(_link.purpose == LinkPurpose.INVITATION, is_open)
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def link_key(self, purpose: str) -> str:
        with self._database.reading() as connection:
            return connection.scalar(_key_of(purpose)) or ""

    def make_link_key(self, purpose: str, key: str, *, at: datetime) -> str:
        with self._database.writing() as connection:
            line = storage.insert(connection, link_key)
            line = line.values(purpose=purpose, key=key, made_at=at)
            connection.execute(line.on_conflict_do_nothing(index_elements=["purpose"]))
            return connection.scalars(_key_of(purpose)).one()

    def keep(self, form: KeptForm) -> None:
        with self._database.writing() as connection:
            connection.execute(insert(tables.kept_form).values(asdict(form)))

    def kept(self, form_id: str, *, person: str) -> KeptForm | None:
        query = select(tables.kept_form).where(_form.id == form_id, _form.person == person)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            fields = tuple((str(name), str(value)) for name, value in row.fields)
            return KeptForm(row.id, row.person, row.path, fields, row.kept_at)

    def drop_kept(self, form_id: str, *, person: str) -> None:
        with self._database.writing() as connection:
            connection.execute(
                delete(tables.kept_form).where(_form.id == form_id, _form.person == person)
            )


def _key_of(purpose: str) -> Select[str]:
    return select(link_key.c.key).where(link_key.c.purpose == purpose)


def _session_with(token_hash: str) -> Any:
    return update(tables.desk_session).where(_session.token_hash == token_hash)


def is_link_open(connection: Connection, link: str, *, at: datetime) -> bool:
    """Return whether the link with this hash was not used and has not ended."""
    query = select(_link.token_hash).where(
        _link.token_hash == link, _link.used_at.is_(None), _link.expires_at > at
    )
    return connection.scalar(query) is not None


def _is_enabled(connection: Connection, person: str) -> bool:
    columns = tables.person.c
    query = select(columns.id).where(columns.id == person, columns.disabled_at.is_(None))
    return connection.scalar(query) is not None


def _set_password(
    connection: Connection, person: str, password_hash: str, *, actor: Actor, at: datetime
) -> None:
    line = storage.insert(connection, tables.password)
    line = line.values(person=person, hash=password_hash, set_at=at)
    connection.execute(
        line.on_conflict_do_update(
            index_elements=["person"],
            set_={"hash": line.excluded["hash"], "set_at": line.excluded["set_at"]},
        )
    )
    write_entry(
        connection, at=at, actor=actor, action="set-password", subject="team", detail=person
    )


def open_session(connection: Connection, session: DeskSession, *, actor: Actor) -> None:
    """Store a session with its line in the journal, and remove what ended long ago."""
    at = session.created_at
    old = or_(_session.seen_at < at - _SESSIONS_KEPT, _session.expires_at < at - _SESSIONS_KEPT)
    connection.execute(delete(tables.desk_session).where(old))
    connection.execute(delete(tables.kept_form).where(_form.kept_at < at - _FORMS_KEPT))
    connection.execute(insert(tables.desk_session).values(_session_row(session)))
    write_entry(
        connection, at=at, actor=actor, action="sign-in", subject="team", detail=_told(session)
    )


def _told(session: DeskSession) -> str:
    """Return how somebody came in, for the journal. A password is the usual way."""
    by = "" if session.method is SignInMethod.PASSWORD else f"{session.method} {session.issuer}"
    return ", ".join(filter(None, (session.agent, by.strip())))


def _session_row(session: DeskSession) -> Mapping[str, object]:
    return {**asdict(session), "method": session.method.value}


def session_of(row: RowMapping) -> DeskSession:
    """Return the session of a row."""
    return DeskSession(**{**row, "method": SignInMethod(row["method"])})


def _link_of(row: Row[Any]) -> OneTimeLink:
    return OneTimeLink(
        token_hash=row.token_hash,
        purpose=LinkPurpose(row.purpose),
        person=row.person,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
    )
