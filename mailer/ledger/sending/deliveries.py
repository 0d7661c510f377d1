"""Reading, counting and adding deliveries."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, update

from mailer.ledger.sending import statements
from mailer.ledger.sending.materialise import add_all_to_mailing, add_to_mailing
from mailer.ledger.sending.requeue import requeue
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.home import require_home
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.json_values import contact_from_json, rule_from_json
from mailer.model.address import Address
from mailer.model.campaigns.audience import Exclusion, ExclusionReason
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.feedback.event import Match
from mailer.model.mailings.delivery import (
    NOT_DELIVERED,
    SUPERSEDED,
    UNSENT,
    Acceptance,
    Delivery,
    DeliveryStatus,
    Stage,
    Tally,
)
from mailer.model.mailings.mailing import MailingId, MailingState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from mailer.ledger.storage.database import Database
    from mailer.model.contacts.contact import Contact
    from mailer.model.mailings.message import DeliveryId
    from mailer.model.team.actor import Actor

_mailing, _delivery = tables.mailing.c, tables.delivery.c
_exclusion = tables.exclusion.c
_PAGE = 1_000
_STATUSES = {status.value: status for status in DeliveryStatus}
COLUMNS: tuple[Any, ...] = (
    *statements.DELIVERY_TO_SEND,
    _delivery.reply,
    _delivery.changed_at,
    _delivery.acceptance,
    _delivery.stage,
    _delivery.given_up_after,
    _delivery.answer,
)
_FIND = select(*COLUMNS).where(_delivery.id == bindparam("of_id"))


class SqlDeliveries:
    """The deliveries and exclusions of each mailing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_mailing(self, mailing_id: MailingId) -> Iterator[Delivery]:
        last = -1
        while True:
            page = (
                select(*COLUMNS, _delivery.place)
                .where(_delivery.mailing_id == mailing_id, _delivery.place > last)
                .order_by(_delivery.place)
                .limit(_PAGE)
            )
            with self._database.reading() as connection:
                rows = connection.execute(page).all()
                deliveries = [delivery_from_row(row[:-1]) for row in rows]
            if not rows:
                return
            yield from deliveries
            last = rows[-1].place

    def page(
        self, mailing_id: MailingId, *, after: DeliveryId | None = None, limit: int = 100
    ) -> Sequence[Delivery]:
        query = (
            select(*COLUMNS)
            .where(_delivery.mailing_id == mailing_id)
            .order_by(_delivery.place)
            .limit(limit)
        )
        if after is not None:
            last = select(_delivery.place).where(_delivery.id == after).scalar_subquery()
            query = query.where(_delivery.place > last)
        with self._database.reading() as connection:
            return [delivery_from_row(row) for row in connection.execute(query)]

    def find(self, delivery_id: DeliveryId) -> Delivery | None:
        with self._database.reading() as connection:
            row = connection.execute(_FIND, {"of_id": delivery_id}).one_or_none()
            return delivery_from_row(row) if row else None

    def exclusions(self, mailing_id: MailingId) -> Sequence[Exclusion[Contact]]:
        query = (
            select(tables.exclusion)
            .where(_exclusion.mailing_id == mailing_id)
            .order_by(_exclusion.place)
        )
        with self._database.reading() as connection:
            return [
                Exclusion(contact_from_json(row.contact), ExclusionReason(row.reason), row.detail)
                for row in connection.execute(query)
            ]

    def latest(self, address: Address, *, since: datetime) -> Delivery | None:
        query = (
            select(*COLUMNS)
            .where(
                _delivery.address_key == address.key,
                _delivery.attempt > 0,
                _delivery.changed_at >= since,
            )
            .order_by(_delivery.changed_at.desc(), _delivery.id)
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            return delivery_from_row(row) if row else None

    def to_addresses(
        self, address_keys: Collection[str], *, limit: int = 100
    ) -> Sequence[Delivery]:
        query = (
            select(*COLUMNS)
            .where(_delivery.address_key.in_(address_keys))
            .order_by(_delivery.changed_at.desc(), _delivery.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [delivery_from_row(row) for row in connection.execute(query)]

    def queued_without_events(self, *, before: datetime) -> Sequence[Delivery]:
        query = (
            select(*COLUMNS).where(is_queued_without_events(before)).order_by(_delivery.changed_at)
        )
        with self._database.reading() as connection:
            return [delivery_from_row(row) for row in connection.execute(query)]

    def add(self, delivery: Delivery, *, actor: Actor, why: str, at: datetime) -> bool:
        mailing = select(tables.mailing).where(_mailing.id == delivery.mailing_id)
        existing = select(_delivery.id).where(
            _delivery.mailing_id == delivery.mailing_id,
            or_(
                _delivery.address_key == delivery.address.key,
                and_(
                    _delivery.contact_id == delivery.contact_id,
                    _delivery.status.not_in(NOT_DELIVERED),
                ),
            ),
        )
        with self._database.writing() as connection:
            row = connection.execute(mailing.with_for_update()).one_or_none()
            if row is None or not _may_send_more(row, at):
                return False
            if connection.execute(existing).first() is not None:
                return False
            add_to_mailing(connection, delivery, at)
            connection.execute(
                update(tables.mailing)
                .where(_mailing.id == row.id)
                .values(audience=_mailing.audience + 1)
            )
            statements.REOPEN_MAILINGS.run(connection, ids=[row.id])
            write_entry(
                connection,
                at=at,
                actor=actor,
                action="add-recipient",
                subject=f"{row.campaign}/{row.step}",
                detail=f"{delivery.id}: {why}",
            )
        return True

    def requeue(
        self, delivery_ids: Sequence[DeliveryId], *, actor: Actor, why: str, at: datetime
    ) -> frozenset[DeliveryId]:
        with self._database.writing() as connection:
            return requeue(connection, delivery_ids, actor=actor, why=why, at=at)

    def add_triggered(
        self, mailing_id: MailingId, deliveries: Sequence[Delivery], *, at: datetime
    ) -> int:
        is_open = select(_mailing.id).where(
            _mailing.id == mailing_id,
            _mailing.state == MailingState.ACTIVE,
            _mailing.expires_at > at,
        )
        with self._database.writing() as connection:
            require_home(self._database, connection, at=at)
            # The row is locked: two services that see the same answer write one delivery.
            if connection.execute(is_open.with_for_update()).first() is None:
                return 0
            return _add_answered(connection, mailing_id, deliveries, at)

    def add_uncertain(
        self, mailing_id: MailingId, deliveries: Sequence[Delivery], *, why: str, at: datetime
    ) -> int:
        unsent = and_(_delivery.mailing_id == mailing_id, _delivery.status.in_(UNSENT))
        uncertain = {"status": DeliveryStatus.UNCERTAIN.value, "changed_at": at, "reply": why}
        chunks = tables.chunk.c.mailing_id == mailing_id
        with self._database.writing() as connection:
            added = _add_answered(connection, mailing_id, deliveries, at)
            connection.execute(update(tables.delivery).where(unsent).values(uncertain))
            connection.execute(update(tables.chunk).where(chunks).values(open_at=None))
        return added

    def answered(self, mailing_id: MailingId) -> frozenset[tuple[str, int]]:
        with self._database.reading() as connection:
            return _answered(connection, mailing_id)

    def told(self, mailing_id: MailingId) -> frozenset[tuple[str, int]]:
        with self._database.reading() as connection:
            return _told(connection, mailing_id)

    def tally(self, mailing_id: MailingId) -> Tally:
        statuses = (
            select(_delivery.status, func.count())
            .where(_delivery.mailing_id == mailing_id)
            .group_by(_delivery.status)
        )
        reasons = (
            select(_exclusion.reason, func.count())
            .where(_exclusion.mailing_id == mailing_id)
            .group_by(_exclusion.reason)
        )
        with self._database.reading() as connection:
            return Tally(
                mailing_id,
                by_status={DeliveryStatus(row[0]): row[1] for row in connection.execute(statuses)},
                by_exclusion={
                    ExclusionReason(row[0]): row[1] for row in connection.execute(reasons)
                },
            )


def _add_answered(
    connection: Connection, mailing_id: MailingId, deliveries: Sequence[Delivery], at: datetime
) -> int:
    """Add the deliveries for answers that have none; returns how many."""
    have = _answered(connection, mailing_id)
    new = [each for each in deliveries if (each.address.key, each.answer) not in have]
    if new:
        add_all_to_mailing(connection, mailing_id, new, at)
        audience = func.coalesce(_mailing.audience, 0) + len(new)
        connection.execute(
            update(tables.mailing).where(_mailing.id == mailing_id).values(audience=audience)
        )
    return len(new)


def _answered(connection: Connection, mailing_id: MailingId) -> frozenset[tuple[str, int]]:
    found = _answers(connection, _delivery.mailing_id == mailing_id)
    former = _stands_instead_of(connection, mailing_id)
    return found | _told(connection, former) if former else found


def _told(connection: Connection, mailing_id: MailingId) -> frozenset[tuple[str, int]]:
    found: frozenset[tuple[str, int]] = frozenset()
    while mailing_id:
        found |= _answers(connection, _delivery.mailing_id == mailing_id, ~has_not_reached())
        mailing_id = _stands_instead_of(connection, mailing_id)
    return found


def _answers(
    connection: Connection, *conditions: ColumnElement[bool]
) -> frozenset[tuple[str, int]]:
    query = select(_delivery.address_key, _delivery.answer).where(*conditions)
    return frozenset((row.address_key, row.answer) for row in connection.execute(query))


def _stands_instead_of(connection: Connection, mailing_id: MailingId) -> MailingId:
    """Return the mailing of an older version that this one superseded, or nothing."""
    rule = connection.scalar(select(_mailing.rule).where(_mailing.id == mailing_id))
    return MailingId(rule_from_json(rule).instead_of if rule else "")


def has_not_reached() -> ColumnElement[bool]:
    """Return the condition that a delivery has not left, or was stopped by a newer version."""
    return or_(
        _delivery.status.in_(UNSENT),
        and_(
            _delivery.status == DeliveryStatus.CANCELLED,
            func.coalesce(_delivery.reply, "") == SUPERSEDED,
        ),
    )


def _may_send_more(mailing: Row[Any], at: datetime) -> bool:
    return (
        mailing.state in statements.MAY_SEND_MORE
        and mailing.started_at is not None  # a paused mailing may not have started
        and at < mailing.expires_at
    )


def is_queued_without_events(before: datetime) -> ColumnElement[bool]:
    """Return the condition that a provider queued the delivery before then and that no event
    names it yet. One that names only its address may be about another message, or forged.
    """
    return and_(
        _delivery.status == DeliveryStatus.ACCEPTED,
        _delivery.acceptance == Acceptance.QUEUED,
        _delivery.changed_at <= before,
        ~exists().where(
            tables.event.c.delivery_id == _delivery.id,
            tables.event.c.match.not_in((Match.ADDRESS, Match.SENDER)),
        ),
    )


def delivery_from_row(row: Sequence[Any]) -> Delivery:
    """Return the `Delivery` in a row of `COLUMNS` or of `statements.DELIVERY_TO_SEND`.

    Columns are read by position: by name it takes twice as long, and every message sent passes
    here.
    """
    key, mailing_id, contact_id, address, name, list_, language, fields, status, *rest = row
    return Delivery(
        key,
        mailing_id,
        contact_id,
        Address.parse(address),
        name,
        _variant(list_, language),
        fields,
        _STATUSES[status],
        *(_outcome_fields(*rest) if len(rest) > 1 else rest),
    )


def _outcome_fields(
    attempt: int,
    reply: str,
    changed_at: datetime | None,
    acceptance: str | None,
    stage: str | None,
    given_up_after: int | None,
    answer: int,
) -> tuple[Any, ...]:
    """Return the columns beyond `statements.DELIVERY_TO_SEND` as the last fields of a `Delivery`."""
    return (
        attempt,
        reply,
        changed_at,
        Acceptance(acceptance) if acceptance else None,
        Stage(stage) if stage else None,
        given_up_after,
        answer,
    )


@lru_cache(maxsize=256)
def _variant(list_: str, language: str) -> VariantKey:
    return VariantKey(list_, language)
