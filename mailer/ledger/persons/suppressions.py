"""Suppressions: addresses that get no mail, everywhere or on one list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, or_, select

from mailer.contacts.mailboxes import domains_of_mailbox, mailbox_key
from mailer.ledger.persons.persons import keys_of_person, owners_of_former
from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.address import Address
from mailer.model.contacts.suppression import (
    EVERYWHERE,
    OF_THE_PERSON,
    YIELDS_TO_CANCELLATION,
    Suppression,
    SuppressionReason,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor

_suppression = tables.suppression.c
_KEY = ("address_key", "scope", "reason")
_OF_ADDRESS = select(tables.suppression).where(_suppression.address_key == bindparam("of_key"))


class SqlSuppressions:
    """Adds and lifts suppressions. Only `lift`, which a person asks for, removes one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, suppression: Suppression, *, actor: Actor) -> bool:
        with self._database.writing() as connection:
            return add_suppression(connection, suppression, actor=actor, at=suppression.since)

    def lift(self, address: Address, *, scope: str, actor: Actor, why: str, at: datetime) -> int:
        with self._database.writing() as connection:
            lifting = delete(tables.suppression).where(
                _suppression.scope == scope,
                or_(
                    _suppression.address_key.in_(
                        _spellings(connection, _suppression.address_key, address)
                    ),
                    and_(
                        _suppression.address_key.in_(keys_of_person(connection, address)),
                        _suppression.reason.in_(OF_THE_PERSON),
                    ),
                ),
            )
            lifted = connection.execute(lifting).rowcount
            if lifted:
                write_entry(
                    connection,
                    at=at,
                    actor=actor,
                    action="lift",
                    subject=str(address),
                    detail=why,
                )
        return lifted

    def all(self) -> Sequence[Suppression]:
        query = select(tables.suppression).order_by(*(tables.suppression.c[name] for name in _KEY))
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(query)]

    def page(self, *, search: str = "", after: str = "", limit: int = 100) -> Sequence[Suppression]:
        query = (
            select(tables.suppression)
            .where(_suppression.address_key > after)
            .order_by(*(_suppression[name] for name in _KEY))
            .limit(limit)
        )
        if search:
            query = query.where(
                _suppression.address_key.contains(search.casefold(), autoescape=True)
            )
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(query)]

    def of_addresses(self, address_keys: Collection[str]) -> Sequence[Suppression]:
        query = (
            select(tables.suppression)
            .where(_suppression.address_key.in_(address_keys))
            .order_by(*(_suppression[name] for name in _KEY))
        )
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(query)]


def add_suppression(
    connection: Connection, suppression: Suppression, *, actor: Actor, at: datetime
) -> bool:
    """Add a suppression and a line in the journal, unless an equal or stronger one exists;
    returns whether it was added.
    """
    values = {
        "address_key": suppression.address.key,
        "scope": suppression.scope,
        "reason": suppression.reason.value,
        "address": str(suppression.address),
        "since": suppression.since,
        "until": suppression.until,
        "evidence": suppression.evidence,
        "by": suppression.by,
    }
    if is_barred(connection, suppression):
        return False
    connection.execute(_adding(connection), values)
    write_entry(
        connection,
        at=at,
        actor=actor,
        action="suppress",
        subject=str(suppression.address),
        detail=f"{suppression.reason}: {suppression.evidence}"
        if suppression.evidence
        else suppression.reason.value,
    )
    key = suppression.address.key
    for owner in owners_of_former(connection, [key]).values():
        copy_refusals(connection, suppression.address, owner.address)
    for spelling in _spellings(connection, tables.contact.c.address_key, suppression.address):
        if spelling != key:
            also = replace(suppression, address=Address.parse(spelling))
            add_suppression(connection, also, actor=actor, at=at)
    return True


_ADDING: dict[str, Any] = {}


def _adding(connection: Connection) -> Any:
    """Return the statement that adds a suppression or replaces the same one, built once."""
    found = _ADDING.get(connection.dialect.name)
    if found is None:
        written = insert(connection, tables.suppression)
        replaced = {
            each.name: written.excluded[each.name]
            for each in tables.suppression.columns
            if each.name not in _KEY
        }
        found = written.on_conflict_do_update(index_elements=_KEY, set_=replaced)
        _ADDING[connection.dialect.name] = found
    return found


def is_barred(connection: Connection, suppression: Suppression) -> bool:
    """Return whether an equal or stronger suppression of the address exists."""
    existing = connection.execute(_OF_ADDRESS, {"of_key": suppression.address.key})
    return any(covers(_from_row(row), suppression) for row in existing)


def _spellings(connection: Connection, column: ColumnElement[str], address: Address) -> set[str]:
    """Return the keys in `column` that name the mailbox of `address`, and its own key."""
    found = {address.key}
    for domain in domains_of_mailbox(address):
        # No spelling changes the first letter, so that few of a large directory are compared.
        keys = connection.scalars(select(column).where(column.like(f"{address.key[0]}%@{domain}")))
        found |= {key for key in keys if mailbox_key(Address.parse(key)) == mailbox_key(address)}
    return found


def copy_refusals(connection: Connection, old: Address, new: Address) -> None:
    """Copy what a person asked for under the address `old` to `new`, unless it is known there.

    The original stays, because a provider's own list names the address that it was asked for.
    """
    query = select(tables.suppression).where(
        _suppression.address_key == old.key, _suppression.reason.in_(OF_THE_PERSON)
    )
    for row in connection.execute(query).mappings().all():
        copied = dict(row) | {"address_key": new.key, "address": str(new)}
        connection.execute(
            insert(connection, tables.suppression)
            .values(copied)
            .on_conflict_do_nothing(index_elements=_KEY)
        )


def is_in_force(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return the condition that a suppression is in force at `now` (`Suppression.is_in_force`)."""
    return or_(_suppression.until.is_(None), _suppression.until > now)


def covers(existing: Suppression, new: Suppression) -> bool:
    """Return whether `existing` suppresses at least as much as `new`: the same scope or all, for
    at least as long, and cancellations too.
    """
    return (
        existing.scope in {EVERYWHERE, new.scope}
        and (existing.is_permanent or not new.is_permanent)
        and (new.reason in YIELDS_TO_CANCELLATION or existing.reason not in YIELDS_TO_CANCELLATION)
        and (existing.until is None or (new.until is not None and new.until <= existing.until))
    )


def _from_row(row: Row[Any]) -> Suppression:
    return Suppression(
        address=Address.parse(row.address),
        reason=SuppressionReason(row.reason),
        since=row.since,
        scope=row.scope,
        evidence=row.evidence,
        by=row.by,
        until=row.until,
    )
