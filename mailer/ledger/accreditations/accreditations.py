"""The accreditation registers: one row for each person and campaign, and their history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

from sqlalchemy import Row, bindparam, delete, exists, func, select, update

from mailer.ledger.accreditations.partner_requests import (
    accept_request,
    has_cards_to_purge,
    is_open_request,
    purge_request_cards,
)
from mailer.ledger.accreditations.register_rows import (
    entry_from_json,
    entry_of_row,
    entry_to_json,
    row_of_entry,
)
from mailer.ledger.persons.persons import owners_of_former
from mailer.ledger.storage.database import batches, insert, lock_exclusively
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.register_tables import accreditation_change
from mailer.ledger.storage.journal import write_entry
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    RegisterChange,
    RegisterUpdate,
)
from mailer.model.team.actor import PROGRAM, Actor, Via

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.address import Address

_KEY = ("campaign", "address_key")
_REGISTERS = 20171211 << 32
"""The lock of a campaign's register is this number and a hash of the campaign."""
_BATCH = 500
_entry, _change = tables.accreditation.c, accreditation_change.c


class SqlAccreditations:
    """The register of accreditations, which decides who may come and who gets a reminder."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self, accreditation: Accreditation, *, actor: Actor, in_place_of: Address | None = None
    ) -> bool:
        with self._database.writing() as connection:
            _lock(connection, accreditation.campaign)
            entry = _at_present_address(connection, accreditation)
            before = _row(connection, entry.campaign, entry.address.key)
            if before is not None and before.at > entry.at:
                return False
            _write(connection, entry)
            if in_place_of is not None and in_place_of.key != entry.address.key:
                _remove(connection, entry.campaign, in_place_of)
            _record(connection, before, entry, actor=actor, at=entry.at)
        return True

    def revise(
        self,
        campaign: str,
        decide: Callable[[Sequence[Accreditation]], RegisterUpdate],
        *,
        actor: Actor,
        at: datetime,
        request: int | None = None,
    ) -> Sequence[Accreditation]:
        with self._database.writing() as connection:
            _lock(connection, campaign)
            if request is not None and not is_open_request(connection, campaign, request):
                return []
            register = {each.address.key: each for each in _register(connection, campaign)}
            update_ = decide(tuple(register.values()))
            saved: list[Accreditation] = []
            for each in update_.saved:
                entry = _at_present_address(connection, each)
                before = register.get(entry.address.key)
                numbered = entry if before else _numbered(connection, entry)
                _write(connection, numbered)
                by = PROGRAM if saved and _is_promotion(before, numbered) else actor
                _record(connection, before, numbered, actor=by, at=at)
                saved.append(numbered)
            for address in update_.removed:
                _remove(connection, campaign, address)
                _journal(connection, campaign, f"{address}: removed", actor=actor, at=at)
            if request is not None and saved:
                accept_request(connection, campaign, request, saved[0].state, actor=actor, at=at)
        return saved

    def of_campaign(self, campaign: str) -> Sequence[Accreditation]:
        with self._database.reading() as connection:
            return _register(connection, campaign)

    def of_addresses(self, address_keys: Collection[str]) -> Sequence[Accreditation]:
        query = (
            select(tables.accreditation)
            .where(_entry.address_key.in_(address_keys))
            .order_by(_entry.at.desc())
        )
        with self._database.reading() as connection:
            return [entry_of_row(row) for row in connection.execute(query)]

    def from_unknown(self, campaigns: Collection[str]) -> Sequence[Accreditation]:
        is_known = exists().where(tables.contact.c.address_key == _entry.address_key)
        query = (
            select(tables.accreditation)
            .where(_entry.campaign.in_(bindparam("campaigns", expanding=True)), ~is_known)
            .order_by(_entry.campaign, _entry.address_key)
        )
        with self._database.reading() as connection:
            return [
                entry_of_row(row)
                for batch in batches(sorted(campaigns), _BATCH)
                for row in connection.execute(query, {"campaigns": batch})
            ]

    def history(self, campaign: str, address: Address) -> Sequence[RegisterChange]:
        query = (
            select(accreditation_change)
            .where(_change.campaign == campaign, _change.address_key == address.key)
            .order_by(_change.id)
        )
        with self._database.reading() as connection:
            return [_change_of_row(row, address) for row in connection.execute(query)]

    def campaigns(self) -> Sequence[str]:
        query = select(_entry.campaign).distinct().order_by(_entry.campaign)
        with self._database.reading() as connection:
            return connection.scalars(query).all()

    def purge_cards(self, *, now: datetime) -> int:
        due = (_entry.card_number != "") & (_entry.card_purge_at <= now)
        with self._database.reading() as connection:
            in_register = connection.scalar(select(func.count()).where(due))
            if not in_register and not has_cards_to_purge(connection, now=now):
                return 0
        with self._database.writing() as connection:
            blank = (
                update(tables.accreditation).where(due).values(card_number="", card_purge_at=None)
            )
            purged = list(connection.execute(blank.returning(_entry.campaign)).scalars())
            purged += purge_request_cards(connection, now=now)
            for campaign in sorted(set(purged)):
                detail = f"press cards purged: {purged.count(campaign)}"
                _journal(connection, campaign, detail, actor=PROGRAM, at=now)
        return len(purged)


def _lock(connection: Connection, campaign: str) -> None:
    """Keep others out of the register of a campaign until the transaction ends."""
    lock_exclusively(connection, _REGISTERS | crc32(campaign.encode()))


def _register(connection: Connection, campaign: str) -> list[Accreditation]:
    query = (
        select(tables.accreditation).where(_entry.campaign == campaign).order_by(_entry.address_key)
    )
    return [entry_of_row(row) for row in connection.execute(query)]


def _row(connection: Connection, campaign: str, address_key: str) -> Accreditation | None:
    query = select(tables.accreditation).where(
        _entry.campaign == campaign, _entry.address_key == address_key
    )
    row = connection.execute(query).first()
    return None if row is None else entry_of_row(row)


def _at_present_address(connection: Connection, entry: Accreditation) -> Accreditation:
    """Return the entry under the address that the person has now, if it was corrected."""
    former_of = owners_of_former(connection, [entry.address.key])
    owner = former_of.get(entry.address.key)
    return entry if owner is None else replace(entry, address=owner.address)


def _write(connection: Connection, entry: Accreditation) -> None:
    values = row_of_entry(entry)
    line = insert(connection, tables.accreditation).values(values)
    connection.execute(
        line.on_conflict_do_update(
            index_elements=_KEY,
            set_={name: line.excluded[name] for name in values if name not in _KEY},
        )
    )


def _numbered(connection: Connection, entry: Accreditation) -> Accreditation:
    """Return a new entry with the next number for its answer: the person may have been there
    before, and have had mails about earlier answers.
    """
    last = select(func.max(_change.answer)).where(
        _change.campaign == entry.campaign, _change.address_key == entry.address.key
    )
    return replace(entry, answer=(connection.scalar(last) or 0) + 1)


def _remove(connection: Connection, campaign: str, address: Address) -> None:
    connection.execute(
        delete(tables.accreditation).where(
            _entry.campaign == campaign, _entry.address_key == address.key
        )
    )


def _record(
    connection: Connection,
    before: Accreditation | None,
    after: Accreditation,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the change into the history, and a line in the journal."""
    connection.execute(
        insert(connection, accreditation_change).values(
            campaign=after.campaign,
            address_key=after.address.key,
            answer=after.answer,
            before=None if before is None else entry_to_json(before),
            after=entry_to_json(after),
            at=at,
            person=actor.person,
            by=actor.name,
            via=actor.via.value,
        )
    )
    why = f"; forced by {after.forced.by}: {after.forced.why}" if after.forced else ""
    reason = f"; {after.reason}" if after.reason else ""
    detail = f"{after.address}: {after.state}{reason}{why}"
    _journal(connection, after.campaign, detail, actor=actor, at=at)


def _journal(
    connection: Connection, campaign: str, detail: str, *, actor: Actor, at: datetime
) -> None:
    write_entry(
        connection, at=at, actor=actor, action="accreditation", subject=campaign, detail=detail
    )


def _is_promotion(before: Accreditation | None, after: Accreditation) -> bool:
    return (
        before is not None
        and before.state is AccreditationState.WAITING
        and after.state is AccreditationState.ACCEPTED
    )


def _change_of_row(row: Row[Any], address: Address) -> RegisterChange:
    return RegisterChange(
        before=None if row.before is None else entry_from_json(row.before, row.campaign, address),
        after=entry_from_json(row.after, row.campaign, address),
        by=Actor(row.person, row.by, Via(row.via)),
        at=row.at,
    )
