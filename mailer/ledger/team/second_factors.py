"""Code generators, recovery codes and passkeys."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from mailer.ledger.storage import database as storage
from mailer.ledger.storage.access import end_sessions
from mailer.ledger.storage.definitions import second_factor_tables as tables
from mailer.ledger.storage.definitions.desk_tables import desk_session
from mailer.ledger.storage.journal import write_entry
from mailer.model.team.identity import SignInMethod
from mailer.model.team.second_factor import CodeGenerator, Passkey

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor

_generator, _recovery = tables.code_generator.c, tables.recovery_code.c
_passkey = tables.passkey.c


class SqlSecondFactors:
    """The second factors of the people of the team."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def generator(self, person: str) -> CodeGenerator | None:
        query = select(tables.code_generator).where(_generator.person == person)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
            return CodeGenerator(**row) if row else None

    def set_up(
        self, generator: CodeGenerator, recovery: Collection[str], *, session: str, actor: Actor
    ) -> None:
        with self._database.writing() as connection:
            _remove(connection, generator.person)
            connection.execute(insert(tables.code_generator).values(asdict(generator)))
            codes = [{"person": generator.person, "hash": each} for each in recovery]
            connection.execute(insert(tables.recovery_code), codes)
            stronger = update(desk_session).where(
                desk_session.c.token_hash == session,
                desk_session.c.method == SignInMethod.PASSWORD.value,
            )
            connection.execute(stronger.values(method=SignInMethod.PASSWORD_AND_CODE.value))
            _note(connection, "set-second-factor", generator.person, actor, generator.set_at)

    def remove(self, person: str, *, actor: Actor, at: datetime) -> bool:
        with self._database.writing() as connection:
            if not _remove(connection, person):
                return False
            _note(connection, "remove-second-factor", person, actor, at)
        return True

    def reset(self, person: str, *, actor: Actor, at: datetime) -> None:
        with self._database.writing() as connection:
            if _remove(connection, person):
                _note(connection, "remove-second-factor", person, actor, at)
            passkeys = delete(tables.passkey).where(_passkey.person == person)
            for _passkey_gone in range(connection.execute(passkeys).rowcount):
                _note(connection, "remove-passkey", person, actor, at)
            end_sessions(connection, person, actor=actor, at=at)

    def use_step(self, person: str, step: int) -> bool:
        newer = (_generator.person == person) & (_generator.last_step < step)
        using = update(tables.code_generator).where(newer).values(last_step=step)
        with self._database.writing() as connection:
            return connection.execute(using).rowcount == 1

    def use_recovery(self, person: str, code_hash: str, *, actor: Actor, at: datetime) -> bool:
        mine = (_recovery.person == person) & (_recovery.hash == code_hash)
        with self._database.writing() as connection:
            if connection.execute(delete(tables.recovery_code).where(mine)).rowcount != 1:
                return False
            _note(connection, "use-recovery-code", person, actor, at)
        return True

    def recovery_left(self, person: str) -> int:
        query = select(func.count()).where(_recovery.person == person)
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def passkeys(self, person: str) -> Sequence[Passkey]:
        query = select(tables.passkey).where(_passkey.person == person)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(_passkey.made_at, _passkey.id))
            return [Passkey(**row) for row in rows.mappings()]

    def passkey(self, passkey_id: str) -> Passkey | None:
        query = select(tables.passkey).where(_passkey.id == passkey_id)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
            return Passkey(**row) if row else None

    def add_passkey(self, passkey: Passkey, *, actor: Actor) -> bool:
        with self._database.writing() as connection:
            line = storage.insert(connection, tables.passkey).values(asdict(passkey))
            added = connection.execute(line.on_conflict_do_nothing().returning(_passkey.id))
            if added.first() is None:
                return False
            told = f"{passkey.person}: {passkey.name}"
            _note(connection, "add-passkey", told, actor, passkey.made_at)
        return True

    def remove_passkey(self, passkey_id: str, *, person: str, actor: Actor, at: datetime) -> bool:
        mine = (_passkey.id == passkey_id) & (_passkey.person == person)
        with self._database.writing() as connection:
            if not connection.execute(delete(tables.passkey).where(mine)).rowcount:
                return False
            _note(connection, "remove-passkey", person, actor, at)
        return True

    def note_passkey(self, passkey_id: str, *, sign_count: int, at: datetime) -> None:
        using = update(tables.passkey).where(_passkey.id == passkey_id)
        with self._database.writing() as connection:
            connection.execute(using.values(sign_count=sign_count, used_at=at))


def _remove(connection: Connection, person: str) -> bool:
    connection.execute(delete(tables.recovery_code).where(_recovery.person == person))
    gone = delete(tables.code_generator).where(_generator.person == person)
    return bool(connection.execute(gone).rowcount)


def _note(connection: Connection, action: str, detail: str, actor: Actor, at: datetime) -> None:
    write_entry(connection, at=at, actor=actor, action=action, subject="team", detail=detail)
