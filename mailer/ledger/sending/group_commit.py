"""Write one group of outcomes and marks in one transaction (docs/why/writer.md)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mailer.ledger.sending import statements
from mailer.ledger.sending.eligibility import recheck_eligibility
from mailer.ledger.sending.refusals import store_refusals
from mailer.model.mailings.delivery import (
    Accepted,
    Deferred,
    DeliveryStatus,
    Outcome,
    Rejected,
    Uncertain,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.sending.requests import Mark, Settlement
    from mailer.model.mailings.delivery import Claim
    from mailer.model.mailings.message import DeliveryId


def write_group(
    connection: Connection,
    *,
    settlements: Sequence[Settlement],
    marks: Sequence[Mark],
    by_database_clock: bool = False,
) -> list[tuple[Mark, frozenset[DeliveryId]]]:
    """Record the outcomes, then mark what may be sent.

    Returns each mark with the ids that may be sent now.
    """
    now = max([*(mark.now for mark in marks), *(each.now for each in settlements)])
    claims = [mark.claim for mark in marks] + [settlement.claim for settlement in settlements]
    open_epochs = _fence(connection, claims, None if by_database_clock else now)
    if settlements:
        _settle(connection, settlements, now)
    asked = [
        delivery_id
        for mark in marks
        if open_epochs.get(mark.claim.chunk_id) == mark.claim.epoch
        for delivery_id in mark.delivery_ids
    ]
    sending = _mark_sending(connection, asked, now) if asked else frozenset()
    return [
        (
            mark,
            sending.intersection(mark.delivery_ids)
            if open_epochs.get(mark.claim.chunk_id) == mark.claim.epoch
            else frozenset(),
        )
        for mark in marks
    ]


def _fence(connection: Connection, claims: Sequence[Claim], now: datetime | None) -> dict[int, int]:
    """Return the epoch of each chunk whose mailing is active and has not expired, by chunk id.

    Without `now`, the clock of the database says what has expired. The mailings and chunks stay locked until the transaction ends.
    """
    ids = list({claim.chunk_id for claim in claims})
    if now is None:
        held = statements.FENCE_BY_DATABASE_CLOCK.rows(connection, ids=ids)
    else:
        held = statements.FENCE.rows(connection, ids=ids, now=now)
    return {chunk_id: epoch for chunk_id, epoch, is_open in held if is_open}


def _settle(connection: Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    accepted = [
        [each.delivery_id, each.claim.epoch, outcome.reply, outcome.acceptance]
        for each in settlements
        if isinstance(outcome := each.outcome, Accepted)
    ]
    if accepted:
        ids = [delivery_id for delivery_id, *_outcome in accepted]
        statements.SETTLE_ACCEPTED.run(connection, ids=ids, accepted=accepted, now=now)
    if len(accepted) < len(settlements):
        _settle_others(
            connection, [each for each in settlements if not isinstance(each.outcome, Accepted)]
        )


def _settle_others(connection: Connection, settlements: Sequence[Settlement]) -> None:
    statements.SETTLE.run_each(connection, [_parameters(settlement) for settlement in settlements])
    refused = [each for each in settlements if isinstance(each.outcome, Rejected)]
    if refused:
        store_refusals(connection, refused)
    deferred = [each for each in settlements if isinstance(each.outcome, Deferred)]
    if not deferred:
        return
    # The chunk opens again for them; a mailing cancelled meanwhile keeps none of them.
    connection.execute(
        statements.OPEN_CHUNK_BY,
        [{"of_id": each.claim.chunk_id, "to_open_at": _not_before(each)} for each in deferred],
    )
    ids = [each.delivery_id for each in deferred]
    connection.execute(statements.CANCEL_DEFERRED, {"ids": ids})
    connection.execute(statements.REOPEN_MAILING_OF_DEFERRED, {"ids": ids})


def _parameters(settlement: Settlement) -> dict[str, Any]:
    """Return the parameters of `statements.SETTLE` for an outcome."""
    outcome = settlement.outcome
    status, reply = _status_and_reply(outcome)
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
        "uncounted": int(isinstance(outcome, Deferred) and not outcome.counts_as_try),
    }


def _status_and_reply(outcome: Outcome) -> tuple[DeliveryStatus, str]:
    match outcome:
        case Deferred(reply):
            return DeliveryStatus.DEFERRED, reply
        case Rejected(reply):
            return DeliveryStatus.REJECTED, reply
        case Uncertain(detail):
            return DeliveryStatus.UNCERTAIN, detail
        case Accepted(reply):
            return DeliveryStatus.ACCEPTED, reply


def _not_before(settlement: Settlement) -> datetime | None:
    if not isinstance(settlement.outcome, Deferred):
        return None
    return settlement.now + timedelta(seconds=settlement.outcome.retry_after_s or 0)


def _mark_sending(
    connection: Connection, asked: list[DeliveryId], now: datetime
) -> frozenset[DeliveryId]:
    """Mark deliveries as `sending`, except those that may no longer receive the mailing.

    Returns the ids that were marked.
    """
    sending = {row[0] for row in statements.STILL_ELIGIBLE.rows(connection, ids=asked, now=now)}
    if others := [delivery_id for delivery_id in asked if delivery_id not in sending]:
        sending.update(recheck_eligibility(connection, others, now))
    statements.MARK_SENDING.run(connection, ids=list(sending), now=now)
    return frozenset(sending)
