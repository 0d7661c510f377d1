"""The accreditations: one row for each person and campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Row, delete, select

from mailer.ledger.persons import owners_of_former
from mailer.ledger.storage import tables
from mailer.ledger.storage.database import insert
from mailer.ledger.storage.journal import write_entry
from mailer.model.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.actor import Actor

_KEY = ("campaign", "address_key")


class SqlAccreditations:
    """The register of accreditations, which decides who gets a reminder."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self, accreditation: Accreditation, *, actor: Actor, in_place_of: Address | None = None
    ) -> bool:
        with self._database.writing() as connection:
            address = accreditation.address
            if former_of := owners_of_former(connection, [address.key]):
                address = former_of[address.key].address
            values = {
                "campaign": accreditation.campaign,
                "address_key": address.key,
                "address": str(address),
                "state": accreditation.state.value,
                "at": accreditation.at,
                "name": accreditation.name,
                "organisation": accreditation.organisation,
                "note": accreditation.note,
                "is_newcomer": accreditation.is_newcomer,
            }
            line = insert(connection, tables.accreditation).values(values)
            saving = line.on_conflict_do_update(
                index_elements=_KEY,
                set_={name: line.excluded[name] for name in values if name not in _KEY},
                where=tables.accreditation.c.at <= line.excluded["at"],
            ).returning(tables.accreditation.c.address_key)
            if connection.execute(saving).first() is None:
                return False
            if in_place_of is not None and in_place_of.key != address.key:
                _remove(connection, accreditation.campaign, in_place_of)
            write_entry(
                connection,
                at=accreditation.at,
                actor=actor,
                action="accreditation",
                subject=accreditation.campaign,
                detail=f"{address}: {accreditation.state}",
            )
        return True

    def of_campaign(self, campaign: str) -> Sequence[Accreditation]:
        query = (
            select(tables.accreditation)
            .where(tables.accreditation.c.campaign == campaign)
            .order_by(tables.accreditation.c.address_key)
        )
        with self._database.reading() as connection:
            return [_accreditation(row) for row in connection.execute(query)]

    def of_addresses(self, address_keys: Collection[str]) -> Sequence[Accreditation]:
        query = (
            select(tables.accreditation)
            .where(tables.accreditation.c.address_key.in_(address_keys))
            .order_by(tables.accreditation.c.at.desc())
        )
        with self._database.reading() as connection:
            return [_accreditation(row) for row in connection.execute(query)]


def _remove(connection: Connection, campaign: str, address: Address) -> None:
    columns = tables.accreditation.c
    connection.execute(
        delete(tables.accreditation).where(
            columns.campaign == campaign, columns.address_key == address.key
        )
    )


def _accreditation(row: Row[Any]) -> Accreditation:
    return Accreditation(
        campaign=row.campaign,
        address=Address.parse(row.address),
        state=AccreditationState(row.state),
        at=row.at,
        name=row.name,
        organisation=row.organisation,
        note=row.note,
        is_newcomer=row.is_newcomer,
    )
