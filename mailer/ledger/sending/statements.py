"""The SQL of the sending protocol: each statement by which sending moves a chunk or a delivery.

A delivery goes `pending → sending → accepted | rejected | deferred | uncertain`; a chunk is
claimed under an epoch and a lease, and released. The sentence above each statement says what
it promises. What happens to a mailing as a whole stands beside it: `materialise` writes the rows
of one that starts, `eligibility` excludes people since its launch, `brakes` slows it. A change
from elsewhere (a correction, an erasure, a cancellation, an event) is a statement of that
subject, and finds a chunk or delivery as these leave it.

Every transaction takes its rows in the order mailing, chunk, delivery, so that no
two wait for each other on PostgreSQL; SQLite has one writer. docs/why/writer.md draws which
thread runs them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, not_, or_, select, update

from mailer.ledger.sending.eligibility import is_still_eligible
from mailer.ledger.storage.compiled import (
    CompiledQuery,
    CompiledStatement,
    in_json_list,
    json_rows,
    narrowed_to,
)
from mailer.ledger.storage.definitions import bad_day_tables, tables
from mailer.ledger.storage.definitions.metadata import Instant
from mailer.model.mailings.delivery import SUPERSEDED, SUPERSEDED_NOTE, UNSENT, DeliveryStatus
from mailer.model.mailings.mailing import MailingState

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c

DELIVERY_TO_SEND: tuple[Any, ...] = (
    _delivery.id,
    _delivery.mailing_id,
    _delivery.contact_id,
    _delivery.address,
    _delivery.name,
    _delivery.list,
    _delivery.language,
    _delivery.fields,
    _delivery.status,
    _delivery.attempt,
)
"""The columns that a message is composed from, in the order of `Delivery`'s first fields."""
MAY_SEND_MORE = (MailingState.ACTIVE, MailingState.PAUSED, MailingState.DONE)
"""The states of a mailing in which more may be sent, until it expires."""

_now = bindparam("now", type_=Instant)
_ids: Any = bindparam("ids")
_this_chunk = _chunk.id == bindparam("chunk_id")
_still_held = and_(_this_chunk, _chunk.epoch == bindparam("of_epoch"), _chunk.worker.is_not(None))
_unsent = or_(*(_delivery.status == status.value for status in UNSENT))
_is_uncertain = _delivery.status == DeliveryStatus.UNCERTAIN.value
_in_flight = or_(_delivery.status == DeliveryStatus.SENDING.value, _is_uncertain)
_listed = in_json_list(_delivery.id, _ids)
_accepted = json_rows("accepted")
# Nobody has suspended everything.
_may_go_on = ~exists().where(bad_day_tables.suspension.c.id.is_not(None))

_waiting = tables.chunk.alias("waiting")
_left = (  # how many chunks of each mailing could be claimed now
    select(_waiting.c.mailing_id, func.count().label("count"))
    .where(_waiting.c.worker.is_(None), _waiting.c.open_at <= _now)
    .group_by(_waiting.c.mailing_id)
    .subquery("mailing_left")
)

# --- Claiming a chunk --------------------------------------------------------------------------

# Find the chunk to claim next: one with deliveries due, of an active mailing that has not
# expired, and that leaves by this provider. Chunks recovered from a dead worker come first:
# otherwise they would wait behind the whole backlog (measured). Then those of the mailing of which
# the fewest are left: a reminder does not wait for the end of a long mailing. A chunk that another
# transaction is claiming is skipped.
_next_chunk = (
    select(_chunk.id, _chunk.mailing_id)
    .join(tables.mailing, _mailing.id == _chunk.mailing_id)
    .join(_left, _left.c.mailing_id == _chunk.mailing_id)
    .where(
        _chunk.worker.is_(None),
        _chunk.open_at <= _now,
        _mailing.state == MailingState.ACTIVE.value,
        _mailing.expires_at > _now,
        _may_go_on,
        or_(_mailing.provider.in_(("", bindparam("provider"))), bindparam("provider") == ""),
    )
    .order_by(
        _chunk.recovered.desc(), _left.c.count, _mailing.due_at, _chunk.mailing_id, _chunk.number
    )
    .limit(1)
    .with_for_update(of=tables.chunk, skip_locked=True)
)
NEXT_CHUNK = CompiledQuery(_next_chunk.where(_mailing.probe_after_s == 0))
# Find the chunk to probe with: the same, of a mailing that waits for one certain answer, and of
# which no chunk is claimed.
_others = tables.chunk.alias("others")
NEXT_PROBE = CompiledQuery(
    _next_chunk.where(
        _mailing.probe_after_s != 0,
        ~select(_others.c.id)
        .where(_others.c.mailing_id == _mailing.id, _others.c.worker.is_not(None))
        .exists(),
    )
)
# Claim a chunk for a worker, under a new epoch and until the lease ends; returns the epoch.
CLAIM_CHUNK = CompiledStatement(
    update(tables.chunk)
    .where(_this_chunk)
    .values(
        epoch=_chunk.epoch + 1,
        worker=bindparam("by"),
        lease_until=bindparam("until", type_=Instant),
        probing=bindparam("probes"),
    )
    .returning(_chunk.epoch)
)
# List the deliveries of a chunk that are due.
DUE_DELIVERIES = CompiledQuery(
    select(_delivery.place, *DELIVERY_TO_SEND).where(
        _delivery.chunk_id == bindparam("chunk_id"),
        _unsent,
        or_(_delivery.not_before.is_(None), _delivery.not_before <= _now),
    )
)
# Postpone a delivery of a claimed chunk that has not been sent yet.
POSTPONE = (
    update(tables.delivery)
    .where(_delivery.id == bindparam("of_id"), _delivery.chunk_id == bindparam("of_chunk"), _unsent)
    .values(not_before=bindparam("to_not_before"), changed_at=bindparam("to_changed_at"))
)
# Prolong the lease of a claim that still holds; changes nothing for an older epoch.
RENEW_LEASE = CompiledStatement(
    update(tables.chunk).where(_still_held).values(lease_until=bindparam("until", type_=Instant))
)

# List the chunks that a worker could claim now, those of dead workers first: what the engine rings
# for. No row is locked, so that it may be asked for at any time.
OPEN_CHUNKS = CompiledQuery(
    select(_chunk.id)
    .join(tables.mailing, _mailing.id == _chunk.mailing_id)
    .outerjoin(_left, _left.c.mailing_id == _chunk.mailing_id)
    .where(
        or_(and_(_chunk.worker.is_(None), _chunk.open_at <= _now), _chunk.lease_until <= _now),
        _mailing.state == MailingState.ACTIVE.value,
        _mailing.expires_at > _now,
        _may_go_on,
        or_(_mailing.provider.in_(("", bindparam("provider"))), bindparam("provider") == ""),
    )
    # A chunk that nobody has taken back yet will be a recovered one when it is claimed.
    .order_by(
        or_(_chunk.recovered, _chunk.worker.is_not(None)).desc(),
        _left.c.count,
        _mailing.due_at,
        _chunk.mailing_id,
        _chunk.number,
    )
    .limit(bindparam("at_most"))
)

# --- Releasing a chunk, or taking it back ------------------------------------------------------

# Release a chunk under the epoch of its claim; changes nothing for an older epoch.
RELEASE_CHUNK = CompiledStatement(
    update(tables.chunk).where(_still_held).values(worker=None, lease_until=None)
)
# Let no chunk of a mailing be claimed before an instant.
OPEN_CHUNKS_FROM = (
    update(tables.chunk)
    .where(
        _chunk.mailing_id == bindparam("of_mailing"),
        _chunk.open_at < bindparam("instant", type_=Instant),
    )
    .values(open_at=bindparam("instant", type_=Instant))
)
_any_chunk = select(_chunk.id).order_by(_chunk.id).with_for_update(skip_locked=True)
# Lock the mailings of which chunks are to be taken back, before the chunks: the brake belongs to
# the mailing, and is applied in the same transaction.
LOCK_MAILINGS_OF_EXPIRED = CompiledQuery(
    select(_mailing.id)
    .where(_mailing.id.in_(select(_chunk.mailing_id).where(_chunk.lease_until <= _now)))
    .order_by(_mailing.id)
    .with_for_update()
)
# List the chunks whose lease has ended: their worker is dead, or seems to be.
EXPIRED_CHUNKS = CompiledQuery(_any_chunk.where(_chunk.lease_until <= _now))
# List every claimed chunk. Only a process that holds the sender lock may take them all back.
CLAIMED_CHUNKS = CompiledQuery(_any_chunk.where(_chunk.worker.is_not(None)))
# Take a chunk back from its worker. The new epoch fences off a worker that only seemed dead.
TAKE_BACK_CHUNK = CompiledStatement(
    update(tables.chunk)
    .where(_this_chunk)
    .values(epoch=_chunk.epoch + 1, worker=None, lease_until=None)
)
# Make the deliveries of a chunk uncertain that were marked and have no outcome: nobody knows
# whether they were sent.
SENDING_TO_UNCERTAIN = CompiledStatement(
    update(tables.delivery)
    .where(
        _delivery.chunk_id == bindparam("chunk_id"),
        _delivery.status == DeliveryStatus.SENDING.value,
    )
    .values(status=DeliveryStatus.UNCERTAIN.value, changed_at=_now)
)
# Set when a chunk has work again: at the time of its earliest unsent delivery, or never (NULL).
SET_CHUNK_OPENING = CompiledStatement(
    update(tables.chunk)
    .where(_this_chunk)
    .values(
        open_at=select(func.min(func.coalesce(_delivery.not_before, _now)))
        .where(_delivery.chunk_id == bindparam("chunk_id"), _unsent)
        .scalar_subquery(),
        recovered=bindparam("is_recovered"),
    )
)

# --- One group of outcomes and marks, in one transaction ---------------------------------------


# Lock the mailings and chunks that a group is about, and return each chunk's epoch and whether
# its mailing may send. A pause, a cancellation or a takeover either was committed before and is
# seen here, or waits for this transaction to end. A suspension is seen by the next group.
def _fence(now: Any) -> CompiledQuery:
    is_active = _mailing.state == MailingState.ACTIVE.value
    return CompiledQuery(
        select(_chunk.id, _chunk.epoch, and_(is_active, _mailing.expires_at > now, _may_go_on))
        .join_from(tables.mailing, tables.chunk, _chunk.mailing_id == _mailing.id)
        .where(in_json_list(_chunk.id, _ids))
        .order_by(_mailing.id, _chunk.id)
        .with_for_update(read=True)
    )


FENCE = _fence(_now)
# The same by the clock of the database, without asking it first: this runs for each group.
FENCE_BY_DATABASE_CLOCK = _fence(func.clock_timestamp(type_=Instant))
# Record the accepted messages of a group, all in one statement, since nearly all are accepted.
# An outcome is fenced by the epoch of its own row, not by the chunk's: a worker that was frozen
# and superseded still knows what it sent, and may settle deliveries that became uncertain.
SETTLE_ACCEPTED = CompiledStatement(
    update(tables.delivery)
    .where(
        narrowed_to(_delivery.id, _ids),
        _delivery.id == _accepted[0].as_string(),
        _delivery.epoch == _accepted[1].as_integer(),
        _in_flight,
    )
    .values(
        status=DeliveryStatus.ACCEPTED.value,
        reply=_accepted[2].as_string(),
        acceptance=_accepted[3].as_string(),
        not_before=None,
        changed_at=_now,
    )
)
# Record any other outcome, fenced in the same way.
SETTLE = CompiledStatement(
    update(tables.delivery)
    .where(_delivery.id == bindparam("of_id"), _delivery.epoch == bindparam("of_epoch"), _in_flight)
    .values(
        status=bindparam("to_status"),
        reply=bindparam("to_reply"),
        stage=bindparam("to_stage"),
        given_up_after=bindparam("to_given_up_after"),
        not_before=bindparam("to_not_before"),
        changed_at=bindparam("to_changed_at"),
        attempt=_delivery.attempt - bindparam("uncounted"),
    )
)
# Open a chunk no later than when a deferred delivery in it is due.
OPEN_CHUNK_BY = (
    update(tables.chunk)
    .where(
        _chunk.id == bindparam("of_id"),
        or_(_chunk.open_at.is_(None), _chunk.open_at > bindparam("to_open_at")),
    )
    .values(open_at=bindparam("to_open_at"))
)
_is_deferred = and_(
    _delivery.id.in_(_ids),
    _delivery.status == DeliveryStatus.DEFERRED.value,
)
# Cancel a deferred delivery whose mailing was cancelled while it was being sent. One that a newer
# version has superseded gets that version.
_note_of_mailing = (
    select(_mailing.note)
    .where(_mailing.id == _delivery.mailing_id)
    .correlate(tables.delivery)
    .scalar_subquery()
)
CANCEL_DEFERRED = (
    update(tables.delivery)
    .where(
        _is_deferred,
        _delivery.mailing_id.in_(
            select(_mailing.id).where(_mailing.state == MailingState.CANCELLED.value)
        ),
    )
    .values(
        status=DeliveryStatus.CANCELLED.value,
        reply=case((_note_of_mailing == SUPERSEDED_NOTE, SUPERSEDED), else_=_delivery.reply),
    )
)
# Make a finished mailing active again for a deferred delivery: this was its last uncertain one,
# and its outcome shows that it was not sent.
REOPEN_MAILING_OF_DEFERRED = (
    update(tables.mailing)
    .where(
        _mailing.state == MailingState.DONE.value,
        _mailing.id.in_(select(_delivery.mailing_id).where(_is_deferred)),
    )
    .values(state=MailingState.ACTIVE.value)
)
# List those of the given deliveries whose address has no suppression and no accreditation. The
# rows stay locked, so that they cannot change between this check and the mark.
STILL_ELIGIBLE = CompiledQuery(
    select(_delivery.id).where(_listed, _unsent, *is_still_eligible()).with_for_update()
)
# Mark deliveries as being sent, under the epoch of their chunk. This is committed before the
# first byte is sent.
MARK_SENDING = CompiledStatement(
    update(tables.delivery)
    .where(_listed, _unsent)
    .values(
        status=DeliveryStatus.SENDING.value,
        epoch=select(_chunk.epoch).where(_chunk.id == _delivery.chunk_id).scalar_subquery(),
        attempt=_delivery.attempt + 1,
        changed_at=_now,
    )
)

# --- Resolving uncertain deliveries, and sending again -----------------------------------------

# Lock the chunks of the given deliveries, and return whether their mailings may send more.
CHUNKS_OF_DELIVERIES = CompiledQuery(
    select(
        _chunk.id,
        _chunk.mailing_id,
        _mailing.campaign,
        _mailing.step,
        and_(
            or_(*(_mailing.state == state.value for state in MAY_SEND_MORE)),
            _mailing.expires_at > _now,
        ),
    )
    .join_from(tables.mailing, tables.chunk, _chunk.mailing_id == _mailing.id)
    .where(_chunk.id.in_(select(_delivery.chunk_id).where(_listed)))
    .order_by(_mailing.id, _chunk.id)
    .with_for_update()
)
# List those that are uncertain. A row that another transaction holds is skipped: an outcome or
# an event is being recorded for it at this moment.
UNCERTAIN_AMONG = CompiledQuery(
    select(_delivery.id, _delivery.chunk_id)
    .where(_listed, _is_uncertain)
    .with_for_update(skip_locked=True)
)
# List the status of those that are not uncertain.
CERTAIN_AMONG = CompiledQuery(
    select(_delivery.id, _delivery.status).where(_listed, not_(_is_uncertain))
)
# Resolve uncertain deliveries: make them accepted, or pending again.
RESOLVE = CompiledStatement(
    update(tables.delivery)
    .where(_listed, _is_uncertain)
    .values(status=bindparam("to_status"), not_before=None, changed_at=_now)
)
# Make deliveries pending as if they had never been tried: a person sends them again.
SEND_AGAIN = CompiledStatement(
    update(tables.delivery)
    .where(_listed)
    .values(
        status=DeliveryStatus.PENDING.value,
        attempt=0,
        reply="",
        not_before=None,
        acceptance=None,
        stage=None,
        given_up_after=None,
        changed_at=_now,
    )
)
# Open the chunks of deliveries that are to be sent again.
OPEN_CHUNKS_NOW = CompiledStatement(
    update(tables.chunk)
    .where(
        in_json_list(_chunk.id, _ids),
        or_(_chunk.open_at.is_(None), _chunk.open_at > _now),
    )
    .values(open_at=_now)
)
# Make finished mailings active again, because they have something to send.
REOPEN_MAILINGS = CompiledStatement(
    update(tables.mailing)
    .where(in_json_list(_mailing.id, _ids), _mailing.state == MailingState.DONE.value)
    .values(state=MailingState.ACTIVE.value)
)
