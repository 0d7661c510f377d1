"""Delivery events: each is stored once, and a delivery's status only advances."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, update

from mailer.feedback.reading import Reason
from mailer.ledger.feedback.proposals import add_proposal
from mailer.ledger.feedback.replies import add_reply
from mailer.ledger.feedback.unknown_mails import add_unknown_mail
from mailer.ledger.persons.suppressions import add_suppression
from mailer.ledger.storage.compiled import CompiledStatement
from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import tables
from mailer.model.address import Address
from mailer.model.feedback.event import (
    NAMES_DELIVERY,
    Deadness,
    DecidedEvent,
    DeliveryEvent,
    EventKind,
    MailingEvent,
    Match,
    RefusalCounts,
)
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.proposal import Decision
from mailer.model.mailings.delivery import DeliveryStatus, Stage, higher_status
from mailer.model.mailings.message import DeliveryId
from mailer.model.team.actor import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row, Select

    from mailer.ledger.storage.database import Database
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.feedback.inbox import Cursor, PostId
    from mailer.model.mailings.mailing import MailingId

_event, _delivery, _mailing = tables.event.c, tables.delivery.c, tables.mailing.c
_PAGE = 1_000
_T = TypeVar("_T")

# A "deferred" event changes no status: it says that a server which has the message is still
# trying, whereas our own status `deferred` means that we will send the message again.
_STATUS = {
    EventKind.ACCEPTED: DeliveryStatus.ACCEPTED,
    EventKind.DELIVERED: DeliveryStatus.DELIVERED,
    EventKind.BOUNCED: DeliveryStatus.BOUNCED,
    EventKind.COMPLAINED: DeliveryStatus.COMPLAINED,
    EventKind.REJECTED: DeliveryStatus.REJECTED,
    EventKind.SUPPRESSED: DeliveryStatus.SUPPRESSED,
}
_ANSWERS = (EventKind.AUTO_REPLIED, EventKind.CHALLENGED)
_BY_ADDRESS = (Match.ADDRESS, Match.SENDER)
_JUDGED = (
    "delivery_id",
    "address",
    "address_key",
    "match",
    "reason",
    "dead",
    "status_code",
    "rule",
)
_REFUSING = (EventKind.BOUNCED, EventKind.REJECTED, EventKind.DEFERRED)


class SqlEvents:
    """Stores delivery events and advances the status of their deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, event: DeliveryEvent) -> bool:
        return self.store([event], at=event.at) == 1

    def store(
        self,
        events: Sequence[DeliveryEvent],
        *,
        at: datetime,
        cursor: Cursor | None = None,
        post: PostId | None = None,
    ) -> int:
        with self._database.writing() as connection:
            new = store_events(connection, events, at=at)
            if cursor is not None:
                row = insert(connection, tables.cursor).values(asdict(cursor))
                moved = {"validity": row.excluded.validity, "uid": row.excluded.uid}
                moving = row.on_conflict_do_update(index_elements=["mailbox"], set_=moved)
                connection.execute(moving)
            if post is not None:
                connection.execute(delete(tables.post).where(tables.post.c.id == post))
        return new

    def unprocessed(self, *, limit: int = 1000, after: str = "") -> Sequence[DeliveryEvent]:
        query = select(tables.event).where(_event.judged_at.is_(None)).order_by(_event.id)
        if after:
            last = select(_event.id).where(_event.key == after).scalar_subquery()
            query = query.where(_event.id > last)
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(query.limit(limit))]

    def close_all_of_kinds(self, kinds: Sequence[str], *, at: datetime) -> int:
        known = select(_delivery.id).where(_delivery.id == _event.delivery_id)
        own = (
            select(_delivery.address, _delivery.address_key)
            .where(_delivery.id == _event.delivery_id)
            .correlate(tables.event)
        )
        closing = (
            update(tables.event)
            .where(_event.judged_at.is_(None), _event.kind.in_(kinds), known.exists())
            .values(
                judged_at=at,
                address=own.with_only_columns(_delivery.address).scalar_subquery(),
                address_key=own.with_only_columns(_delivery.address_key).scalar_subquery(),
            )
        )
        with self._database.writing() as connection:
            return connection.execute(closing).rowcount

    def close(
        self,
        event: DeliveryEvent,
        *,
        suppressions: Sequence[Suppression] = (),
        proposed: Sequence[Suppression] = (),
        at: datetime,
    ) -> bool:
        decided = DecidedEvent(event, suppressions, proposed)
        return bool(self.close_all([decided], at=at))

    def close_all(self, decided: Sequence[DecidedEvent], *, at: datetime) -> frozenset[str]:
        with self._database.writing() as connection:
            return frozenset(each.event.key for each in decided if _close(connection, each, at=at))

    def proven_about(
        self, address: Address, *, since: datetime, except_key: str = ""
    ) -> Sequence[DeliveryEvent]:
        values = {"of_key": address.key, "since": since, "except_key": except_key}
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(_PROVEN_ABOUT, values)]

    def refusals(
        self, mailing_id: MailingId, *, reasons: Sequence[str], since: datetime, domain: str = ""
    ) -> RefusalCounts:
        ours = _delivery.mailing_id == mailing_id
        if domain:
            ours &= _delivery.address_key.endswith(f"@{domain}", autoescape=True)
        refused = (
            select(func.count(_delivery.id.distinct()))
            .join(tables.event, _event.delivery_id == _delivery.id)
            .where(ours, _event.reason.in_(reasons), _event.kind.in_(_REFUSING))
            .where(_event.match.in_(NAMES_DELIVERY))
        )
        tried = select(func.count()).where(ours, _delivery.attempt > 0)
        with self._database.reading() as connection:
            return RefusalCounts(
                recent=connection.scalar(refused.where(_event.at >= since)) or 0,
                total=connection.scalar(refused) or 0,
                tried=connection.scalar(tried) or 0,
            )

    def page(self, *, after: str = "", limit: int = 100) -> Sequence[DeliveryEvent]:
        query = select(tables.event).order_by(_event.id.desc()).limit(limit)
        if after:
            last = select(_event.id).where(_event.key == after).scalar_subquery()
            query = query.where(_event.id < last)
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(query)]

    def about(self, delivery_ids: Collection[DeliveryId]) -> Sequence[DeliveryEvent]:
        if not delivery_ids:
            return []
        theirs = _event.delivery_id.in_(delivery_ids)
        query = select(tables.event).where(theirs).order_by(_event.id)
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(query)]

    def all(
        self, *, campaign: str = "", delivery_id: DeliveryId | None = None
    ) -> Iterator[DeliveryEvent]:
        query = select(tables.event)
        if delivery_id is not None:
            query = query.where(_event.delivery_id == delivery_id)
        if campaign:
            query = (
                query.join(tables.delivery, _delivery.id == _event.delivery_id)
                .join(tables.mailing, _mailing.id == _delivery.mailing_id)
                .where(_mailing.campaign == campaign)
            )
        yield from self._in_pages(query, _from_row)

    def needing_attention(
        self,
        *,
        since: datetime,
        campaign: str = "",
        of: Collection[str] = (),
        newest: int | None = None,
    ) -> Iterator[MailingEvent]:
        query = (
            select(tables.event, _mailing.campaign, _mailing.step)
            .outerjoin(tables.delivery, _delivery.id == _event.delivery_id)
            .outerjoin(tables.mailing, _mailing.id == _delivery.mailing_id)
            .where(_event.address.is_not(None), _calls_for_a_person(since), ~_is_dismissed())
        )
        if campaign:
            query = query.where(_mailing.campaign == campaign)
        if of:
            query = query.where(_event.address_key.in_(of))
        if newest is not None:
            query = query.order_by(_event.id.desc()).limit(newest)
            with self._database.reading() as connection:
                found = [_of_mailing(row) for row in connection.execute(query)]
            yield from reversed(found)
        else:
            yield from self._in_pages(query, _of_mailing)

    def _in_pages(self, query: Select[Any], read: Callable[[Row[Any]], _T]) -> Iterator[_T]:
        """Yield the events of a query in the order they were stored."""
        page, last = query.order_by(_event.id).limit(_PAGE), 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(page.where(_event.id > last)).all()
                found = [read(row) for row in rows]  # an unreadable one is the ledger's error
            if not rows:
                return
            yield from found
            last = rows[-1].id


def _calls_for_a_person(since: datetime) -> ColumnElement[bool]:
    """Return the condition for failures at any time (an address stays dead) and replies since then."""
    is_reply = or_(_event.kind.in_(_ANSWERS), _event.reason == Reason.STOP_ASKED)
    return or_(_event.kind.in_(_REFUSING), and_(is_reply, _event.at >= since))


def _is_proven() -> ColumnElement[bool]:
    """Return the condition that an event may count (`DeliveryEvent.is_proven`).

    Until the policy was applied, a token only claims to be one: its delivery must exist.
    """
    has_delivery = exists().where(_delivery.id == _event.delivery_id)
    return or_(
        _event.source != MAILBOX,
        _event.match == Match.SENDER,
        and_(_event.match.in_(NAMES_DELIVERY), has_delivery),
    )


def _is_dismissed() -> ColumnElement[bool]:
    """Return the condition that a person has dismissed what the event asks for."""
    return exists().where(
        tables.proposal.c.event_id == _event.id,
        tables.proposal.c.decision == Decision.DISMISSED,
    )


_PROVEN_ABOUT = (
    select(tables.event)
    .where(
        _event.address_key == bindparam("of_key"),
        _event.at >= bindparam("since"),
        _event.key != bindparam("except_key"),
        _is_proven(),
    )
    .order_by(_event.id)
    .limit(_PAGE)
)
_CLOSE = CompiledStatement(
    update(tables.event)
    .where(_event.key == bindparam("of_key"), _event.judged_at.is_(None))
    .values({name: bindparam(name) for name in (*_JUDGED, "judged_at")})
    .returning(_event.id)
)
_ADVANCE = CompiledStatement(
    update(tables.delivery)
    .where(_delivery.id == bindparam("of_id"))
    .values(status=bindparam("status"), changed_at=bindparam("changed_at"))
)
_STATUSES_OF = (
    select(_delivery.id, _delivery.status)
    .where(_delivery.id.in_(bindparam("ids", expanding=True)))
    .order_by(_delivery.id)
    .with_for_update()
)


def store_events(connection: Connection, events: Sequence[DeliveryEvent], *, at: datetime) -> int:
    """Store events and advance the statuses of their deliveries; returns how many were new."""
    if not events:
        return 0
    storing = (
        insert(connection, tables.event)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(_event.key)
    )
    by_key: dict[str, DeliveryEvent] = {}
    for event in events:
        by_key.setdefault(event.key, event)
    rows = [{**_row(event), "stored_at": at} for event in by_key.values()]
    new = set(connection.scalars(storing, rows))
    _advance_deliveries(connection, [event for key, event in by_key.items() if key in new])
    return len(new)


def _advance_deliveries(connection: Connection, events: Sequence[DeliveryEvent]) -> None:
    """Advance the statuses of the events' deliveries, where the match is certain.

    A match by address is not: anybody can write somebody else's address in a mail, and a report
    of a trusted sender may be about an older message.
    """
    certain = [each for each in events if each.kind in _STATUS and each.match not in _BY_ADDRESS]
    ids = {each.delivery_id for each in certain if each.delivery_id is not None}
    if not ids:
        return
    found = connection.execute(_STATUSES_OF, {"ids": sorted(ids)}).all()
    statuses = {row.id: DeliveryStatus(row.status) for row in found}
    for event in certain:
        present = statuses.get(event.delivery_id or "")
        status = higher_status(present, _STATUS[event.kind]) if present else None
        if present and status and status != present:
            statuses[event.delivery_id or ""] = status
            _ADVANCE.run(
                connection, of_id=event.delivery_id, status=status.value, changed_at=event.at
            )


def _close(connection: Connection, decided: DecidedEvent, *, at: datetime) -> bool:
    event = decided.event
    closed = _CLOSE.run(connection, **_judged(event), of_key=event.key, judged_at=at)
    event_id = closed.scalar()
    if event_id is None:
        return False
    _advance_deliveries(connection, [event])
    for suppression in decided.suppressions:
        add_suppression(connection, suppression, actor=PROGRAM, at=at)
    for suppression in decided.proposed:
        add_proposal(connection, suppression, event_id=event_id, at=at)
    add_reply(connection, event, event_id=event_id, at=at)
    add_unknown_mail(connection, event, event_id=event_id, at=at)
    return True


def _judged(event: DeliveryEvent) -> dict[str, Any]:
    """Return what the policy may change of an event: not the mail, which may be large."""
    row = _row(event)
    return {name: row[name] for name in _JUDGED}


def _row(event: DeliveryEvent) -> dict[str, Any]:
    return {
        "key": event.key,
        "kind": event.kind.value,
        "at": event.at,
        "source": event.source,
        "delivery_id": event.delivery_id,
        "address": event.address and str(event.address),
        "address_key": event.address and event.address.key,
        "match": event.match.value,
        "reason": event.reason,
        "dead": event.dead.value,
        "status_code": event.status_code,
        "quote": event.quote,
        "rule": event.rule,
        "raw": event.raw,
        "stage": event.stage and event.stage.value,
    }


def _of_mailing(row: Row[Any]) -> MailingEvent:
    return MailingEvent(_from_row(row), row.campaign or "", row.step or "")


def _from_row(row: Row[Any]) -> DeliveryEvent:
    return DeliveryEvent(
        kind=EventKind(row.kind),
        at=row.at,
        source=row.source,
        key=row.key,
        delivery_id=row.delivery_id and DeliveryId(row.delivery_id),
        address=row.address and Address.parse(row.address),
        match=Match(row.match),
        reason=row.reason,
        dead=Deadness(row.dead),
        status_code=row.status_code,
        quote=row.quote,
        rule=row.rule,
        raw=row.raw,
        stage=row.stage and Stage(row.stage),
    )
