"""The bars on addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select

from mailer.ledger.storage import tables
from mailer.ledger.storage.database import insert
from mailer.ledger.storage.journal import note
from mailer.model.address import Address
from mailer.model.suppression import EVERYWHERE, Suppression, SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from mailer.ledger.storage.database import Database
    from mailer.model.actor import Actor

_suppression = tables.suppression.c
_KEY = ("address_key", "scope", "reason")


class SqlSuppressions:
    """Whom we do not write to. Only `lift`, a person's act, takes a bar away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, suppression: Suppression, *, actor: Actor) -> bool:
        """Add the bar and its line of the journal, unless an equal or stronger one stands; says
        whether it was added.
        """
        with self._database.writing() as connection:
            return add_suppression(connection, suppression, actor=actor, at=suppression.since)

    def lift(self, address: Address, *, scope: str, actor: Actor, why: str, at: datetime) -> int:
        """Removes the bars of exactly this scope; how many. Journalled."""
        bars = delete(tables.suppression).where(
            _suppression.address_key == address.key, _suppression.scope == scope
        )
        with self._database.writing() as connection:
            lifted = connection.execute(bars).rowcount
            if lifted:
                note(
                    connection,
                    at=at,
                    actor=actor,
                    action="lift",
                    subject=str(address),
                    detail=why,
                )
        return lifted

    def all(self) -> Sequence[Suppression]:
        """Every bar, by address key; those that have ended as well."""
        bars = select(tables.suppression).order_by(*(tables.suppression.c[name] for name in _KEY))
        with self._database.reading() as connection:
            return [_thawed(row) for row in connection.execute(bars)]


def add_suppression(
    connection: Connection, bar: Suppression, *, actor: Actor, at: datetime
) -> bool:
    """Add `bar` and its line of the journal, unless an equal or stronger one stands; says
    whether it was added.
    """
    values = {
        "address_key": bar.address.key,
        "scope": bar.scope,
        "reason": bar.reason.value,
        "address": str(bar.address),
        "since": bar.since,
        "until": bar.until,
        "evidence": bar.evidence,
        "by": bar.by,
    }
    standing = select(tables.suppression).where(_suppression.address_key == bar.address.key)
    if any(covers(_thawed(row), bar) for row in connection.execute(standing)):
        return False
    written = insert(connection, tables.suppression).values(values)
    connection.execute(
        written.on_conflict_do_update(
            index_elements=_KEY,
            set_={name: written.excluded[name] for name in values if name not in _KEY},
        )
    )
    note(
        connection,
        at=at,
        actor=actor,
        action="suppress",
        subject=str(bar.address),
        detail=f"{bar.reason}: {bar.evidence}" if bar.evidence else bar.reason.value,
    )
    return True


def is_in_force(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a bar counts at `now`: `Suppression.is_in_force`, asked of its row."""
    return or_(_suppression.until.is_(None), _suppression.until > now)


def covers(standing: Suppression, new: Suppression) -> bool:
    """Whether `standing` already says all that `new` would: as wide, as long, as lasting."""
    return (
        standing.scope in {EVERYWHERE, new.scope}
        and (standing.is_permanent or not new.is_permanent)
        and (standing.until is None or (new.until is not None and new.until <= standing.until))
    )


def _thawed(row: Row[Any]) -> Suppression:
    return Suppression(
        address=Address.parse(row.address),
        reason=SuppressionReason(row.reason),
        since=row.since,
        scope=row.scope,
        evidence=row.evidence,
        by=row.by,
        until=row.until,
    )
