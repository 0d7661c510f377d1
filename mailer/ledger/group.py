"""One group of outcomes and marks, as SQL in one transaction.

Rows are taken in the order mailing, chunk, delivery, as everywhere in the ledger, so that
no two transactions wait for each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, assert_never

from sqlalchemy import bindparam, or_, select, update

from mailer.ledger import tables
from mailer.ledger.diary import WAITING
from mailer.ledger.directory import memberships
from mailer.ledger.refusals import store_refusals
from mailer.model.delivery import (
    Accepted,
    Deferred,
    DeliveryStatus,
    Outcome,
    Rejected,
    Uncertain,
)
from mailer.model.mailing import MailingState
from mailer.model.message import DeliveryId
from mailer.model.suppression import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.writer import Mark, Settlement
    from mailer.model.delivery import Claim

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c
_suppression = tables.suppression.c

# The statements are built once: composing them costs more than running them.

_MAILINGS = (
    select(_mailing.id, _mailing.expires_at, _mailing.rule)
    .where(
        _mailing.id.in_(bindparam("ids", expanding=True)),
        _mailing.state == MailingState.ACTIVE.value,
    )
    .order_by(_mailing.id)
    .with_for_update(read=True)
)
_CHUNKS = (
    select(_chunk.id, _chunk.epoch)
    .where(_chunk.id.in_(bindparam("ids", expanding=True)))
    .order_by(_chunk.id)
    .with_for_update(read=True)
)

# An outcome is fenced by its row's own epoch, not by the chunk's: a worker that was frozen
# and superseded may still tell the truth about what it sent, and settle its `uncertain`.
_SETTLE = (
    update(tables.delivery)
    .where(
        _delivery.id == bindparam("of_id"),
        _delivery.epoch == bindparam("of_epoch"),
        # Not `in_`: a list cannot be expanded in a statement that runs for many rows.
        or_(
            _delivery.status == DeliveryStatus.SENDING.value,
            _delivery.status == DeliveryStatus.UNCERTAIN.value,
        ),
    )
    .values(
        status=bindparam("to_status"),
        reply=bindparam("to_reply"),
        peer_id=bindparam("to_peer_id"),
        not_before=bindparam("to_not_before"),
        changed_at=bindparam("to_changed_at"),
    )
)
_REOPEN = (
    update(tables.chunk)
    .where(
        _chunk.id == bindparam("of_id"),
        or_(_chunk.open_at.is_(None), _chunk.open_at > bindparam("to_open_at")),
    )
    .values(open_at=bindparam("to_open_at"))
)
_CANCEL_DEFERRED = (
    update(tables.delivery)
    .where(
        _delivery.id.in_(bindparam("ids", expanding=True)),
        _delivery.status == DeliveryStatus.DEFERRED.value,
        _delivery.mailing_id.in_(
            select(_mailing.id).where(_mailing.state == MailingState.CANCELLED.value)
        ),
    )
    .values(status=DeliveryStatus.CANCELLED.value)
)

_BARS = (
    select(_delivery.id, _delivery.contact_id, _delivery.mailing_id, _suppression.scope)
    .join(tables.suppression, _suppression.address_key == _delivery.address_key)
    .where(
        _delivery.id.in_(bindparam("ids", expanding=True)),
        or_(_suppression.until.is_(None), _suppression.until > bindparam("now")),
    )
)
_IS_WAITING = or_(*(_delivery.status == status.value for status in WAITING))
_SUPPRESS = (
    update(tables.delivery)
    .where(_delivery.id.in_(bindparam("ids", expanding=True)), _IS_WAITING)
    .values(status=DeliveryStatus.SUPPRESSED.value, changed_at=bindparam("now"))
)
_MARK = (
    update(tables.delivery)
    .where(_delivery.id.in_(bindparam("ids", expanding=True)), _IS_WAITING)
    .values(
        status=DeliveryStatus.SENDING.value,
        epoch=select(_chunk.epoch).where(_chunk.id == _delivery.chunk_id).scalar_subquery(),
        attempt=_delivery.attempt + 1,
        changed_at=bindparam("now"),
    )
    .returning(_delivery.id)
)


def write_group(
    connection: Connection, *, settlements: Sequence[Settlement], marks: Sequence[Mark]
) -> list[frozenset[DeliveryId]]:
    """Records the outcomes, then marks what may be sent: for each mark, which ones."""
    claims = [mark.claim for mark in marks] + [settlement.claim for settlement in settlements]
    fence = Fence.around(connection, claims)
    if settlements:
        _settle(connection, settlements)
    valid = [fence.lets_through(mark) for mark in marks]
    asked = [
        delivery_id
        for mark, is_valid in zip(marks, valid, strict=True)
        if is_valid
        for delivery_id in mark.delivery_ids
    ]
    sending = _send(connection, asked, fence.rules, now=marks[0].now) if asked else frozenset()
    return [
        sending.intersection(mark.delivery_ids) if is_valid else frozenset()
        for mark, is_valid in zip(marks, valid, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Fence:
    """The state of the mailings and chunks in hand, held still until the transaction ends.

    A pause, a cancellation or a takeover waits for this transaction, or this one sees it.
    """

    expiry: Mapping[str, datetime]
    """When each active mailing expires; one that is not active is missing."""
    rules: Mapping[str, Sequence[str]]
    """The lists each of those is addressed to."""
    epochs: Mapping[int, int]

    @classmethod
    def around(cls, connection: Connection, claims: Sequence[Claim]) -> Fence:
        mailings = connection.execute(
            _MAILINGS, {"ids": list({claim.mailing_id for claim in claims})}
        ).all()
        chunks = connection.execute(_CHUNKS, {"ids": list({claim.chunk_id for claim in claims})})
        return cls(
            expiry={row.id: row.expires_at for row in mailings},
            rules={row.id: row.rule["to"] for row in mailings},
            epochs={row.id: row.epoch for row in chunks},
        )

    def lets_through(self, mark: Mark) -> bool:
        expires_at = self.expiry.get(mark.claim.mailing_id)
        return (
            expires_at is not None
            and mark.now < expires_at
            and self.epochs.get(mark.claim.chunk_id) == mark.claim.epoch
        )


def _settle(connection: Connection, settlements: Sequence[Settlement]) -> None:
    connection.execute(_SETTLE, [_settled(settlement) for settlement in settlements])
    refused = [each for each in settlements if isinstance(each.outcome, Rejected)]
    if refused:
        store_refusals(connection, refused)
    deferred = [each for each in settlements if isinstance(each.outcome, Deferred)]
    if not deferred:
        return
    # The chunk opens again for them, unless the mailing was cancelled meanwhile.
    connection.execute(
        _REOPEN,
        [{"of_id": each.claim.chunk_id, "to_open_at": _not_before(each)} for each in deferred],
    )
    connection.execute(_CANCEL_DEFERRED, {"ids": [each.delivery_id for each in deferred]})


def _settled(settlement: Settlement) -> dict[str, Any]:
    status, reply, peer_id = _words(settlement.outcome)
    return {
        "of_id": settlement.delivery_id,
        "of_epoch": settlement.claim.epoch,
        "to_status": status.value,
        "to_reply": reply,
        "to_peer_id": peer_id,
        "to_not_before": _not_before(settlement),
        "to_changed_at": settlement.now,
    }


def _words(outcome: Outcome) -> tuple[DeliveryStatus, str, str]:
    """Status, reply and the peer's own id."""
    match outcome:
        case Accepted(reply, peer_id):
            return DeliveryStatus.ACCEPTED, reply, peer_id
        case Deferred(reply):
            return DeliveryStatus.DEFERRED, reply, ""
        case Rejected(reply):
            return DeliveryStatus.REJECTED, reply, ""
        case Uncertain(detail):
            return DeliveryStatus.UNCERTAIN, detail, ""
        case never:
            assert_never(never)


def _not_before(settlement: Settlement) -> datetime | None:
    if not isinstance(settlement.outcome, Deferred):
        return None
    return settlement.now + timedelta(seconds=settlement.outcome.retry_after_s or 0)


def _send(
    connection: Connection,
    asked: Sequence[DeliveryId],
    rules: Mapping[str, Sequence[str]],
    *,
    now: datetime,
) -> frozenset[DeliveryId]:
    """Makes them `sending`, but the barred ones `suppressed`; which ones are sending."""
    if barred := _barred(connection, asked, rules, now):
        connection.execute(_SUPPRESS, {"ids": barred, "now": now})
    return frozenset(map(DeliveryId, connection.scalars(_MARK, {"ids": asked, "now": now})))


def _barred(
    connection: Connection,
    asked: Sequence[DeliveryId],
    rules: Mapping[str, Sequence[str]],
    now: datetime,
) -> list[str]:
    """Those with a bar that covers this mailing, set since the mailing was prepared."""
    bars = connection.execute(_BARS, {"ids": asked, "now": now}).all()
    scopes: defaultdict[str, set[str]] = defaultdict(set)
    for bar in bars:
        scopes[bar.id].add(bar.scope)
    lists = memberships(connection, {bar.contact_id for bar in bars if bar.scope != EVERYWHERE})
    return [
        bar.id
        for bar in bars
        if EVERYWHERE in scopes[bar.id]
        # A bar on one list leaves the person's other lists of this mailing open.
        or (lists[bar.contact_id].intersection(rules[bar.mailing_id]) or {*rules[bar.mailing_id]})
        <= scopes[bar.id]
    ]
