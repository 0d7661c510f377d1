"""One group of outcomes and marks, as SQL in one transaction.

Rows are taken in the order mailing, chunk, delivery, as everywhere in the ledger, so that
no two transactions wait for each other.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, assert_never

from sqlalchemy import and_, bindparam, or_, select, update

from mailer.ledger.sending.eligibility import nothing_changed, recheck_eligibility
from mailer.ledger.sending.refusals import store_refusals
from mailer.ledger.storage import tables
from mailer.ledger.storage.prepared import CompiledQuery, CompiledStatement, in_json_list, json_rows
from mailer.model.delivery import (
    UNSENT,
    Accepted,
    Deferred,
    DeliveryStatus,
    Outcome,
    Rejected,
    Uncertain,
)
from mailer.model.mailing import MailingState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.sending.requests import Mark, Settlement
    from mailer.model.delivery import Claim
    from mailer.model.message import DeliveryId

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c

# Locked in this order, mailing before chunk, on PostgreSQL; SQLite has one writer.
_FENCE = CompiledQuery(
    select(
        _chunk.id,
        _chunk.epoch,
        and_(
            _mailing.state == MailingState.ACTIVE.value,
            _mailing.expires_at > bindparam("now", type_=tables.Instant),
        ),
    )
    .join_from(tables.mailing, tables.chunk, _chunk.mailing_id == _mailing.id)
    .where(in_json_list(_chunk.id, bindparam("ids")))
    .order_by(_mailing.id, _chunk.id)
    .with_for_update(read=True)
)

# An outcome is fenced by its row's own epoch, not by the chunk's: a worker that was frozen
# and superseded may still tell the truth about what it sent, and settle its `uncertain`.
_unsettled = or_(
    _delivery.status == DeliveryStatus.SENDING.value,
    _delivery.status == DeliveryStatus.UNCERTAIN.value,
)
# Nearly all are accepted: one statement for all of those.
_accepted = json_rows("accepted")
_SETTLE_ACCEPTED = CompiledStatement(
    update(tables.delivery)
    .where(
        _delivery.id == _accepted[0].as_string(),
        _delivery.epoch == _accepted[1].as_integer(),
        _unsettled,
    )
    .values(
        status=DeliveryStatus.ACCEPTED.value,
        reply=_accepted[2].as_string(),
        peer_id=_accepted[3].as_string(),
        acceptance=_accepted[4].as_string(),
        not_before=None,
        changed_at=bindparam("now", type_=tables.Instant),
    )
)
_SETTLE = CompiledStatement(
    update(tables.delivery)
    .where(_delivery.id == bindparam("of_id"), _delivery.epoch == bindparam("of_epoch"), _unsettled)
    .values(
        status=bindparam("to_status"),
        reply=bindparam("to_reply"),
        stage=bindparam("to_stage"),
        given_up_after=bindparam("to_given_up_after"),
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
_TAKE_UP_AGAIN = (
    update(tables.mailing)
    .where(
        _mailing.state == MailingState.DONE.value,
        _mailing.id.in_(
            select(_delivery.mailing_id).where(
                _delivery.id.in_(bindparam("ids", expanding=True)),
                _delivery.status == DeliveryStatus.DEFERRED.value,
            )
        ),
    )
    .values(state=MailingState.ACTIVE.value)
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

_waiting = or_(*(_delivery.status == status.value for status in UNSENT))
# Held still as well: nobody changes them between this look and the mark.
_UNCONCERNED = CompiledQuery(
    select(_delivery.id)
    .where(in_json_list(_delivery.id, bindparam("ids")), _waiting, *nothing_changed())
    .with_for_update()
)
_MARK = CompiledStatement(
    update(tables.delivery)
    .where(in_json_list(_delivery.id, bindparam("ids")), _waiting)
    .values(
        status=DeliveryStatus.SENDING.value,
        epoch=select(_chunk.epoch).where(_chunk.id == _delivery.chunk_id).scalar_subquery(),
        attempt=_delivery.attempt + 1,
        changed_at=bindparam("now", type_=tables.Instant),
    )
)


def write_group(
    connection: Connection, *, settlements: Sequence[Settlement], marks: Sequence[Mark]
) -> list[frozenset[DeliveryId]]:
    """Records the outcomes, then marks what may be sent: for each mark, which ones."""
    now = max([*(mark.now for mark in marks), *(each.now for each in settlements)])
    claims = [mark.claim for mark in marks] + [settlement.claim for settlement in settlements]
    open_epochs = _fence(connection, claims, now)
    if settlements:
        _settle(connection, settlements, now)
    asked = [
        delivery_id
        for mark in marks
        if open_epochs.get(mark.claim.chunk_id) == mark.claim.epoch
        for delivery_id in mark.delivery_ids
    ]
    sending = _send(connection, asked, now) if asked else frozenset()
    return [
        sending.intersection(mark.delivery_ids)
        if open_epochs.get(mark.claim.chunk_id) == mark.claim.epoch
        else frozenset()
        for mark in marks
    ]


def _fence(connection: Connection, claims: Sequence[Claim], now: datetime) -> dict[int, int]:
    """The epoch of each chunk in hand that may be sent from: its mailing active, not expired.

    The mailings and chunks are held still until the transaction ends: a pause, a cancellation
    or a takeover waits for it, or is seen by it.
    """
    ids = list({claim.chunk_id for claim in claims})
    held = _FENCE.rows(connection, ids=ids, now=now)
    return {chunk_id: epoch for chunk_id, epoch, is_open in held if is_open}


def _settle(connection: Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    accepted = [
        [each.delivery_id, each.claim.epoch, outcome.reply, outcome.peer_id, outcome.acceptance]
        for each in settlements
        if isinstance(outcome := each.outcome, Accepted)
    ]
    if accepted:
        _SETTLE_ACCEPTED.run(connection, accepted=accepted, now=now)
    if len(accepted) < len(settlements):
        _settle_others(
            connection, [each for each in settlements if not isinstance(each.outcome, Accepted)]
        )


def _settle_others(connection: Connection, settlements: Sequence[Settlement]) -> None:
    _SETTLE.run_each(connection, [_settled(settlement) for settlement in settlements])
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
    ids = [each.delivery_id for each in deferred]
    connection.execute(_CANCEL_DEFERRED, {"ids": ids})
    # The last doubt of a mailing that ended meanwhile, and it turns out not to have left.
    connection.execute(_TAKE_UP_AGAIN, {"ids": ids})


def _settled(settlement: Settlement) -> dict[str, Any]:
    outcome = settlement.outcome
    status, reply = _words(outcome)
    rejected = outcome if isinstance(outcome, Rejected) else None
    return {
        "of_id": settlement.delivery_id,
        "of_epoch": settlement.claim.epoch,
        "to_status": status.value,
        "to_reply": reply,
        "to_stage": rejected and rejected.stage and rejected.stage.value,
        "to_given_up_after": rejected and rejected.given_up_after,
        "to_not_before": _not_before(settlement),
        "to_changed_at": settlement.now,
    }


def _words(outcome: Outcome) -> tuple[DeliveryStatus, str]:
    match outcome:
        case Deferred(reply):
            return DeliveryStatus.DEFERRED, reply
        case Rejected(reply):
            return DeliveryStatus.REJECTED, reply
        case Uncertain(detail):
            return DeliveryStatus.UNCERTAIN, detail
        case Accepted(reply):
            return DeliveryStatus.ACCEPTED, reply
        case never:
            assert_never(never)


def _not_before(settlement: Settlement) -> datetime | None:
    if not isinstance(settlement.outcome, Deferred):
        return None
    return settlement.now + timedelta(seconds=settlement.outcome.retry_after_s or 0)


def _send(connection: Connection, asked: list[DeliveryId], now: datetime) -> frozenset[DeliveryId]:
    """Makes them `sending`, but those whom something new concerns; which ones are sending."""
    sending = {row[0] for row in _UNCONCERNED.rows(connection, ids=asked, now=now)}
    if left := [delivery_id for delivery_id in asked if delivery_id not in sending]:
        sending.update(recheck_eligibility(connection, left, now))
    _MARK.run(connection, ids=list(sending), now=now)
    return frozenset(sending)
