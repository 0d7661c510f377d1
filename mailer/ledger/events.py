"""What comes back: every fact stored once, the status only moved up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from mailer.ledger import tables
from mailer.ledger.database import insert
from mailer.ledger.subject import Subject
from mailer.model.address import Address
from mailer.model.delivery import DeliveryStatus, after
from mailer.model.event import Deadness, DeliveryEvent, EventKind, Match
from mailer.model.message import DeliveryId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Row

_event, _delivery, _mailing = tables.event.c, tables.delivery.c, tables.mailing.c
_PAGE = 1_000

# A "deferred" fact moves nothing: it says that a peer which has the message is still trying,
# whereas our own `deferred` means that we shall send it again.
_STATUS = {
    EventKind.ACCEPTED: DeliveryStatus.ACCEPTED,
    EventKind.DELIVERED: DeliveryStatus.DELIVERED,
    EventKind.BOUNCED: DeliveryStatus.BOUNCED,
    EventKind.COMPLAINED: DeliveryStatus.COMPLAINED,
    EventKind.REJECTED: DeliveryStatus.REJECTED,
    EventKind.SUPPRESSED: DeliveryStatus.SUPPRESSED,
}


class EventTable(Subject):
    """Delivery events."""

    def record(self, event: DeliveryEvent) -> bool:
        """Stores the fact and moves its delivery up; False, changing nothing, when it was known."""
        with self._database.writing() as connection:
            stored = connection.execute(
                insert(connection, tables.event)
                .values(_row(event))
                .on_conflict_do_nothing(index_elements=["key"])
                .returning(_event.id)
            )
            if stored.first() is None:
                return False
            if event.delivery_id is not None and event.kind in _STATUS:
                _move_up(connection, event.delivery_id, event)
        return True

    def events(
        self, *, campaign: str = "", delivery_id: DeliveryId | None = None
    ) -> Iterator[DeliveryEvent]:
        """In the order they were stored, a page at a time; of a campaign those whose delivery
        is known.
        """
        found = select(tables.event).order_by(_event.id).limit(_PAGE)
        if delivery_id is not None:
            found = found.where(_event.delivery_id == delivery_id)
        if campaign:
            found = (
                found.join(tables.delivery, _delivery.id == _event.delivery_id)
                .join(tables.mailing, _mailing.id == _delivery.mailing_id)
                .where(_mailing.campaign == campaign)
            )
        last = 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(found.where(_event.id > last)).all()
            if not rows:
                return
            yield from map(_thawed, rows)
            last = rows[-1].id


def _move_up(connection: Connection, delivery_id: DeliveryId, event: DeliveryEvent) -> None:
    standing = connection.scalar(
        select(_delivery.status).where(_delivery.id == delivery_id).with_for_update()
    )
    if standing is None:
        return
    status = after(DeliveryStatus(standing), _STATUS[event.kind])
    if status != standing:
        connection.execute(
            update(tables.delivery)
            .where(_delivery.id == delivery_id)
            .values(status=status.value, changed_at=event.at)
        )


def _row(event: DeliveryEvent) -> dict[str, Any]:
    return {
        "key": event.key,
        "kind": event.kind.value,
        "at": event.at,
        "source": event.source,
        "delivery_id": event.delivery_id,
        "address": event.address and str(event.address),
        "match": event.match.value,
        "reason": event.reason,
        "dead": event.dead.value,
        "status_code": event.status_code,
        "quote": event.quote,
        "rule": event.rule,
        "raw": event.raw,
    }


def _thawed(row: Row[Any]) -> DeliveryEvent:
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
    )
