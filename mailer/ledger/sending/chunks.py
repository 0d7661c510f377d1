"""The sending protocol on chunks: claim, mark, send, settle (docs/why/engine.md says why).

chunk      open ── claim: epoch + 1, lease ──▶ held ── release ──▶ open again, or closed
             ▲──────────── lease ended: taken back ─────┘
delivery   pending ── mark ──▶ sending ── settle ──▶ accepted | rejected | deferred | uncertain
                                  └─ found `sending` after its lease ──▶ uncertain
"""

from __future__ import annotations

from datetime import timedelta
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from mailer.ledger.sending import brakes, statements
from mailer.ledger.sending.deliveries import delivery_from_row
from mailer.ledger.sending.requests import Flush, Mark, Settlement
from mailer.ledger.sending.writer import Writer, wait_for_answer
from mailer.ledger.storage.database import lock_exclusively
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.errors import held_by_another
from mailer.ledger.storage.home import HomeCheck
from mailer.ledger.storage.sender_lock import SenderLock
from mailer.model.mailings.delivery import ChunkId, Claim
from mailer.model.mailings.mailing import MailingId, MailingState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import DeliveryId

_COUNTING = 20171214
"""The number of the lock under which the chunks that are held are counted."""
_mailing, _chunk = tables.mailing.c, tables.chunk.c


class SqlSending:
    """Claims and releases chunks; passes marks and outcomes to the writer that all workers share."""

    def __init__(self, database: Database, *, lease_s: float) -> None:
        self._database = database
        self._lease = timedelta(seconds=lease_s)
        self._writer = Writer(database)
        self._home_check = HomeCheck(database)
        self._sender_lock = SenderLock(database.path) if database.is_file else None
        self._taking_over = Lock()
        self._has_taken_over = False

    def claim(
        self,
        *,
        worker: str,
        now: datetime,
        provider: str = "",
        probing: bool = False,
        at_most: int = 0,
    ) -> Claim | None:
        self._database.check_space()
        self._take_over(now)
        with self._database.writing() as connection:
            self._home_check.require_home(connection, at=now)
            now = self._database.now(connection, now)
            if statements.LOCK_MAILINGS_OF_EXPIRED.rows(connection, now=now):
                _take_back(connection, statements.EXPIRED_CHUNKS.rows(connection, now=now), now)
            if at_most and _are_held(connection, at_most, provider=provider):
                return None
            return self._next(connection, worker, now, provider, only_probes=probing)

    def open_chunks(
        self, *, now: datetime, provider: str = "", at_most: int
    ) -> tuple[ChunkId, ...]:
        with self._database.reading() as connection:
            now = self._database.now(connection, now)
            asked = {"now": now, "provider": provider, "at_most": at_most}
            return tuple(
                ChunkId(number) for (number,) in statements.OPEN_CHUNKS.rows(connection, **asked)
            )

    def _next(
        self,
        connection: Connection,
        worker: str,
        now: datetime,
        provider: str,
        *,
        only_probes: bool,
    ) -> Claim | None:
        asked = {"now": now, "provider": provider}
        found = [] if only_probes else statements.NEXT_CHUNK.rows(connection, **asked)
        is_probe = not found
        found = found or statements.NEXT_PROBE.rows(connection, **asked)
        if not found:
            return None
        ((chunk_id, mailing_id),) = found
        lease_until = now + self._lease
        # Read at once: a result that is still open would keep the write lock after an error below.
        epoch = statements.CLAIM_CHUNK.run(
            connection, chunk_id=chunk_id, by=worker, until=lease_until, probes=is_probe
        ).scalar_one()
        due = sorted(statements.DUE_DELIVERIES.rows(connection, chunk_id=chunk_id, now=now))
        return Claim(
            chunk_id=ChunkId(chunk_id),
            mailing_id=MailingId(mailing_id),
            epoch=epoch,
            worker=worker,
            lease_until=lease_until,
            provider=provider,
            deliveries=tuple(
                delivery_from_row(row) for _position, *row in (due[:1] if is_probe else due)
            ),
            is_probe=is_probe,
        )

    def _take_over(self, now: datetime) -> None:
        """Before the first claim, take back all chunks if no other process is sending.

        Other threads wait meanwhile: otherwise their own first claims would be taken back.
        """
        with self._taking_over:
            if self._has_taken_over:
                return
            if self._sender_lock is not None:
                self._announce(self._sender_lock, now)
            self._has_taken_over = True

    def _announce(self, sender_lock: SenderLock, now: datetime) -> None:
        """Hold the lock of the senders from now on, after taking back what dead ones claimed."""
        try:
            if sender_lock.nobody_else_sends():
                with self._database.writing() as connection:
                    _take_back(connection, statements.CLAIMED_CHUNKS.rows(connection), now)
        finally:
            is_announced = sender_lock.announce()
        if not is_announced:
            raise held_by_another(self._database.location)

    def renew(self, claim: Claim, *, now: datetime) -> bool:
        with self._database.writing() as connection:
            connection.execute(
                select(_chunk.id).where(_chunk.id == claim.chunk_id).with_for_update()
            )
            now = self._database.now(connection, now)  # after waiting for the lock
            renewed = statements.RENEW_LEASE.run(
                connection, **_claim_parameters(claim), until=now + self._lease
            )
            active = select(_mailing.id).where(
                _mailing.id == claim.mailing_id,
                _mailing.state == MailingState.ACTIVE,
                _mailing.expires_at > now,
            )
            return renewed.rowcount == 1 and connection.execute(active).first() is not None

    def mark(
        self, claim: Claim, delivery_ids: Sequence[DeliveryId], *, now: datetime
    ) -> frozenset[DeliveryId]:
        mark = Mark(claim, delivery_ids, now, SimpleQueue())
        self._writer.put(mark)
        return wait_for_answer(mark.granted)

    def settle(
        self, claim: Claim, delivery_id: DeliveryId, outcome: Outcome, *, now: datetime
    ) -> None:
        self._writer.put(Settlement(claim, delivery_id, outcome, now))

    def postpone(
        self, claim: Claim, until: Mapping[DeliveryId, datetime], *, now: datetime
    ) -> None:
        with self._database.writing() as connection:
            for delivery_id, instant in until.items():
                connection.execute(
                    statements.POSTPONE,
                    {
                        "of_id": delivery_id,
                        "of_chunk": claim.chunk_id,
                        "to_not_before": instant,
                        "to_changed_at": now,
                    },
                )

    def release(self, claim: Claim, *, now: datetime, hold_until: datetime | None = None) -> None:
        flush = Flush(SimpleQueue())
        self._writer.put(flush)
        wait_for_answer(flush.done)
        with self._database.writing() as connection:
            if hold_until is not None:
                _lock_mailing(connection, claim.mailing_id)
            if statements.RELEASE_CHUNK.run(connection, **_claim_parameters(claim)).rowcount == 0:
                return
            now = self._database.now(connection, now)
            _close_or_open(connection, claim.chunk_id, now, recovered=False)
            if hold_until is not None:
                connection.execute(
                    statements.OPEN_CHUNKS_FROM,
                    {"of_mailing": claim.mailing_id, "instant": hold_until},
                )

    def brake(self, claim: Claim) -> int:
        with self._database.writing() as connection:
            return brakes.apply_for_provider(connection, claim)

    def release_brake(self, claim: Claim) -> None:
        with self._database.writing() as connection:
            brakes.release(connection, claim.mailing_id)

    def close(self) -> None:
        """End the writer. Raises LedgerError when there are outcomes that cannot be written."""
        try:
            self._writer.close()
        finally:
            if self._sender_lock is not None:
                self._sender_lock.release()


def _are_held(connection: Connection, at_most: int, *, provider: str) -> bool:
    """Return whether so many chunks are held. Nobody claims another until the transaction ends."""
    lock_exclusively(connection, _COUNTING)
    held = (
        select(func.count())
        .select_from(tables.chunk)
        .join(tables.mailing, _mailing.id == _chunk.mailing_id)
        .where(_chunk.worker.is_not(None), _mailing.provider.in_(("", provider)))
    )
    return connection.execute(held).scalar_one() >= at_most


def _claim_parameters(claim: Claim) -> dict[str, int]:
    return {"chunk_id": claim.chunk_id, "of_epoch": claim.epoch}


def _take_back(connection: Connection, chunks: Sequence[Sequence[int]], now: datetime) -> None:
    """Free the chunks of dead workers. A new epoch fences off a worker that only seemed dead.

    The brake is applied where somebody became uncertain, in the same transaction: a full disk
    between the two would let the next request go out without it.
    """
    crashed = []
    for (chunk_id,) in chunks:
        statements.TAKE_BACK_CHUNK.run(connection, chunk_id=chunk_id)
        if _close_or_open(connection, chunk_id, now, recovered=True):
            crashed.append(chunk_id)
    if crashed:
        brakes.apply_after_crash(connection, crashed, at=now)


def _close_or_open(connection: Connection, chunk_id: int, now: datetime, *, recovered: bool) -> int:
    """Make the deliveries still `sending` uncertain, and set when the chunk has work again.

    Returns how many became uncertain.
    """
    uncertain = statements.SENDING_TO_UNCERTAIN.run(connection, chunk_id=chunk_id, now=now)
    statements.SET_CHUNK_OPENING.run(connection, chunk_id=chunk_id, now=now, is_recovered=recovered)
    return uncertain.rowcount


def _lock_mailing(connection: Connection, mailing_id: MailingId) -> None:
    """Lock a mailing before a chunk of it, where all its chunks are to change: two who give a chunk
    back at one moment would wait for each other's.
    """
    connection.execute(select(_mailing.id).where(_mailing.id == mailing_id).with_for_update())
