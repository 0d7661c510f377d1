"""The sending protocol on chunks: claim, mark, send, settle (`docs/why` tells why).

chunk      open ── claim: epoch + 1, lease ──▶ held ── release ──▶ open again, or closed
             ▲──────────── lease ended: taken back ─────┘
delivery   pending ── mark ──▶ sending ── settle ──▶ accepted | rejected | deferred | uncertain
                                  └─ found `sending` after its lease ──▶ uncertain
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, or_, select, update

from mailer.ledger.sending.deliveries import TO_SEND, delivery_from_row
from mailer.ledger.sending.requests import Flush, Mark, Settlement
from mailer.ledger.sending.writer import Writer, answer
from mailer.ledger.storage import tables
from mailer.ledger.storage.prepared import CompiledQuery, CompiledStatement
from mailer.ledger.storage.sender_lock import SenderLock
from mailer.model.delivery import UNSENT, ChunkId, Claim, DeliveryStatus
from mailer.model.mailing import MailingId, MailingState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.delivery import Outcome
    from mailer.model.message import DeliveryId

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c


_now = bindparam("now", type_=tables.Instant)
_waiting = or_(*(_delivery.status == status.value for status in UNSENT))
# Taken back from a dead worker first: they would wait behind the whole backlog (measured).
_NEXT = CompiledQuery(
    select(_chunk.id, _chunk.mailing_id)
    .join(tables.mailing, _mailing.id == _chunk.mailing_id)
    .where(
        _chunk.worker.is_(None),
        _chunk.open_at <= _now,
        _mailing.state == MailingState.ACTIVE.value,
        _mailing.expires_at > _now,
    )
    .order_by(_chunk.recovered.desc(), _mailing.due_at, _chunk.mailing_id, _chunk.number)
    .limit(1)
    .with_for_update(of=tables.chunk, skip_locked=True)
)
_HOLD = CompiledStatement(
    update(tables.chunk)
    .where(_chunk.id == bindparam("chunk_id"))
    .values(
        epoch=_chunk.epoch + 1,
        worker=bindparam("by"),
        lease_until=bindparam("until", type_=tables.Instant),
    )
    .returning(_chunk.epoch)
)
# Rows that another transaction holds are its own to judge.
_ended = select(_chunk.id).order_by(_chunk.id).with_for_update(skip_locked=True)
_LEASE_ENDED = CompiledQuery(_ended.where(_chunk.lease_until <= _now))
_HELD = CompiledQuery(_ended.where(_chunk.worker.is_not(None)))
_FREE = CompiledStatement(
    update(tables.chunk)
    .where(_chunk.id == bindparam("chunk_id"))
    .values(epoch=_chunk.epoch + 1, worker=None, lease_until=None)
)
_is_held = and_(
    _chunk.id == bindparam("chunk_id"),
    _chunk.epoch == bindparam("of_epoch"),
    _chunk.worker.is_not(None),
)
_RELEASE = CompiledStatement(
    update(tables.chunk).where(_is_held).values(worker=None, lease_until=None)
)
_RENEW = CompiledStatement(
    update(tables.chunk)
    .where(_is_held)
    .values(lease_until=bindparam("until", type_=tables.Instant))
)
_SET_ASIDE = CompiledStatement(
    update(tables.delivery)
    .where(
        _delivery.chunk_id == bindparam("chunk_id"),
        _delivery.status == DeliveryStatus.SENDING.value,
    )
    .values(status=DeliveryStatus.UNCERTAIN.value, changed_at=_now)
)
_CLOSE_OR_OPEN = CompiledStatement(
    update(tables.chunk)
    .where(_chunk.id == bindparam("chunk_id"))
    .values(
        open_at=select(func.min(func.coalesce(_delivery.not_before, _now)))
        .where(_delivery.chunk_id == bindparam("chunk_id"), _waiting)
        .scalar_subquery(),
        recovered=bindparam("is_recovered"),
    )
)
_DUE = CompiledQuery(
    select(_delivery.place, *TO_SEND).where(
        _delivery.chunk_id == bindparam("chunk_id"),
        _waiting,
        or_(_delivery.not_before.is_(None), _delivery.not_before <= _now),
    )
)


class SqlSending:
    """Chunks and their claims."""

    def __init__(self, database: Database, *, lease_s: float) -> None:
        self._database = database
        self._lease = timedelta(seconds=lease_s)
        self._writer = Writer(database)
        self._presence = SenderLock(Path(f"{database.place}.sending")) if database.is_file else None
        self._inheriting = Lock()
        self._has_inherited = False

    def claim(self, *, worker: str, now: datetime, provider: str = "") -> Claim | None:
        """The next chunk with work due: those taken back from a dead worker first."""
        self._database.check_space()
        self._inherit(now)
        with self._database.writing() as connection:
            _take_back(connection, _LEASE_ENDED.rows(connection, now=now), now)
            found = _NEXT.rows(connection, now=now)
            if not found:
                return None
            ((chunk_id, mailing_id),) = found
            lease_until = now + self._lease
            epoch = _HOLD.run(connection, chunk_id=chunk_id, by=worker, until=lease_until)
            return Claim(
                chunk_id=ChunkId(chunk_id),
                mailing_id=MailingId(mailing_id),
                epoch=epoch.scalar_one(),
                worker=worker,
                lease_until=lease_until,
                provider=provider,
                deliveries=tuple(
                    delivery_from_row(row)
                    for _place, *row in sorted(_DUE.rows(connection, chunk_id=chunk_id, now=now))
                ),
            )

    def _inherit(self, now: datetime) -> None:
        """Before the first claim: takes every chunk back if its holder is proved to be dead.

        Other threads wait, or their very first claims would be taken for a dead process's.
        """
        with self._inheriting:
            if self._has_inherited:
                return
            self._has_inherited = True
            if self._presence is not None and self._presence.is_proved():
                with self._database.writing() as connection:
                    _take_back(connection, _HELD.rows(connection), now)

    def renew(self, claim: Claim, *, now: datetime) -> bool:
        """Prolongs the lease while the chunk is ours; False when there is nothing more to send
        under this claim: superseded, or its mailing paused, cancelled or expired.
        """
        active = select(_mailing.id).where(
            _mailing.id == claim.mailing_id,
            _mailing.state == MailingState.ACTIVE,
            _mailing.expires_at > now,
        )
        with self._database.writing() as connection:
            renewed = _RENEW.run(connection, **_named(claim), until=now + self._lease)
            return renewed.rowcount == 1 and connection.execute(active).first() is not None

    def mark(
        self, claim: Claim, delivery_ids: Sequence[DeliveryId], *, now: datetime
    ) -> frozenset[DeliveryId]:
        """Returns when the marks are durable. Raises LedgerError when they cannot be: send
        nothing then.
        """
        mark = Mark(claim, delivery_ids, now, SimpleQueue())
        self._writer.put(mark)
        return answer(mark.granted)

    def settle(
        self, claim: Claim, delivery_id: DeliveryId, outcome: Outcome, *, now: datetime
    ) -> None:
        """Hands the outcome to the writer, which keeps it until it is durable.

        `Deferred.retry_after_s` says when the delivery is due again; None means at once.
        """
        self._writer.put(Settlement(claim, delivery_id, outcome, now))

    def postpone(
        self, claim: Claim, until: Mapping[DeliveryId, datetime], *, now: datetime
    ) -> None:
        """Offers these, which wait, no earlier than that; `release` opens the chunk then."""
        with self._database.writing() as connection:
            for delivery_id, instant in until.items():
                connection.execute(
                    update(tables.delivery)
                    .where(
                        _delivery.id == delivery_id,
                        _delivery.chunk_id == claim.chunk_id,
                        _delivery.status.in_(UNSENT),
                    )
                    .values(not_before=instant, changed_at=now)
                )

    def release(self, claim: Claim, *, now: datetime, hold_until: datetime | None = None) -> None:
        """Waits until everything settled is durable and gives the chunk back.

        What was marked and never settled becomes `uncertain`. With `hold_until` no chunk of
        the mailing is offered before: its peer cannot be reached.
        """
        flush = Flush(SimpleQueue())
        self._writer.put(flush)
        answer(flush.done)
        with self._database.writing() as connection:
            if _RELEASE.run(connection, **_named(claim)).rowcount == 0:
                return
            _close_or_open(connection, claim.chunk_id, now, recovered=False)
            if hold_until is not None:
                _hold(connection, claim.mailing_id, hold_until)

    def close(self) -> None:
        """Raises LedgerError when outcomes are left that cannot be written."""
        try:
            self._writer.close()
        finally:
            if self._presence is not None:
                self._presence.end()


def _named(claim: Claim) -> dict[str, int]:
    return {"chunk_id": claim.chunk_id, "of_epoch": claim.epoch}


def _take_back(connection: Connection, ended: Sequence[Sequence[int]], now: datetime) -> None:
    """Frees the chunks of dead workers; a new epoch fences off those who only seemed so."""
    for (chunk_id,) in ended:
        _FREE.run(connection, chunk_id=chunk_id)
        _close_or_open(connection, chunk_id, now, recovered=True)


def _close_or_open(
    connection: Connection, chunk_id: int, now: datetime, *, recovered: bool
) -> None:
    """Sets aside what is still `sending`, and says when the chunk has work again."""
    _SET_ASIDE.run(connection, chunk_id=chunk_id, now=now)
    _CLOSE_OR_OPEN.run(connection, chunk_id=chunk_id, now=now, is_recovered=recovered)


def _hold(connection: Connection, mailing_id: MailingId, until: datetime) -> None:
    connection.execute(
        update(tables.chunk)
        .where(_chunk.mailing_id == mailing_id, _chunk.open_at < until)
        .values(open_at=until)
    )
