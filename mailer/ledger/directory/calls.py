"""The telephone calls to people whom the mail did not reach: one row for each call."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from mailer.ledger.storage.database import batches
from mailer.ledger.storage.definitions.call_tables import phone_call
from mailer.ledger.storage.journal import write_entry
from mailer.model.address import Address
from mailer.model.contacts.call import Call, CallOutcome

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Row

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor

_call = phone_call.c
_BATCH = 500


class SqlCalls:
    """The calls that were noted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, call: Call, *, actor: Actor) -> None:
        with self._database.writing() as connection:
            connection.execute(insert(phone_call).values(_row_of(call)))
            write_entry(
                connection,
                at=call.at,
                actor=actor,
                action="call",
                subject=str(call.address),
                detail=" ".join(filter(None, (call.outcome.value, call.campaign))),
            )

    def newest(self, address_keys: Collection[str]) -> Mapping[str, Call]:
        found: dict[str, Call] = {}
        with self._database.reading() as connection:
            for batch in batches(dict.fromkeys(address_keys), _BATCH):
                last = (
                    select(func.max(_call.id))
                    .where(_call.address_key.in_(batch))
                    .group_by(_call.address_key)
                )
                query = select(phone_call).where(_call.id.in_(last))
                found |= {row.address_key: _call_of(row) for row in connection.execute(query)}
        return found


def _row_of(call: Call) -> dict[str, object]:
    return {
        "address_key": call.address.key,
        "address": str(call.address),
        "outcome": call.outcome.value,
        "at": call.at,
        "person": call.person,
        "name": call.name,
        "phone": call.phone,
        "campaign": call.campaign,
        "again_on": call.again_on.isoformat() if call.again_on else "",
        "note": call.note,
    }


def _call_of(row: Row[Any]) -> Call:
    return Call(
        address=Address.parse(row.address),
        outcome=CallOutcome(row.outcome),
        at=row.at,
        person=row.person,
        name=row.name,
        phone=row.phone,
        campaign=row.campaign,
        again_on=date.fromisoformat(row.again_on) if row.again_on else None,
        note=row.note,
    )
