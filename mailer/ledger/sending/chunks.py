"""The sending protocol on chunks: claim, mark, send, settle (docs/why/engine.md says why).

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

from sqlalchemy import select, update

from mailer.ledger.sending import statements
from mailer.ledger.sending.deliveries import delivery_from_row
from mailer.ledger.sending.requests import Flush, Mark, Settlement
from mailer.ledger.sending.writer import Writer, answer
from mailer.ledger.storage import tables
from mailer.ledger.storage.sender_lock import SenderLock
from mailer.model.delivery import UNSENT, ChunkId, Claim
from mailer.model.mailing import MailingId, MailingState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.delivery import Outcome
    from mailer.model.message import DeliveryId

_mailing, _chunk, _delivery = tables.mailing.c, tables.chunk.c, tables.delivery.c


class SqlSending:
    """`ports.Sending`: chunks, their claims, and the writer that all connections share."""

    def __init__(self, database: Database, *, lease_s: float) -> None:
        self._database = database
        self._lease = timedelta(seconds=lease_s)
        self._writer = Writer(database)
        self._presence = SenderLock(Path(f"{database.place}.sending")) if database.is_file else None
        self._taking_over = Lock()
        self._has_taken_over = False

    def claim(self, *, worker: str, now: datetime, provider: str = "") -> Claim | None:
        """Claim the next chunk with deliveries due, those of a dead worker first; None without any."""
        self._database.check_space()
        self._take_over(now)
        with self._database.writing() as connection:
            _take_back(connection, statements.EXPIRED_CHUNKS.rows(connection, now=now), now)
            found = statements.NEXT_CHUNK.rows(connection, now=now)
            if not found:
                return None
            ((chunk_id, mailing_id),) = found
            lease_until = now + self._lease
            epoch = statements.CLAIM_CHUNK.run(
                connection, chunk_id=chunk_id, by=worker, until=lease_until
            )
            return Claim(
                chunk_id=ChunkId(chunk_id),
                mailing_id=MailingId(mailing_id),
                epoch=epoch.scalar_one(),
                worker=worker,
                lease_until=lease_until,
                provider=provider,
                deliveries=tuple(
                    delivery_from_row(row)
                    for _place, *row in sorted(
                        statements.DUE_DELIVERIES.rows(connection, chunk_id=chunk_id, now=now)
                    )
                ),
            )

    def _take_over(self, now: datetime) -> None:
        """Before the first claim, take back every chunk if its worker is proved to be dead.

        Other threads wait meanwhile, or their own first claims would look like a dead worker's.
        """
        with self._taking_over:
            if self._has_taken_over:
                return
            self._has_taken_over = True
            if self._presence is not None and self._presence.is_proved():
                with self._database.writing() as connection:
                    _take_back(connection, statements.CLAIMED_CHUNKS.rows(connection), now)

    def renew(self, claim: Claim, *, now: datetime) -> bool:
        """Prolong the lease of a claim that still holds.

        Returns False when nothing more may be sent under it: another worker holds the chunk,
        or the mailing is paused, cancelled or expired.
        """
        active = select(_mailing.id).where(
            _mailing.id == claim.mailing_id,
            _mailing.state == MailingState.ACTIVE,
            _mailing.expires_at > now,
        )
        with self._database.writing() as connection:
            renewed = statements.RENEW_LEASE.run(
                connection, **_named(claim), until=now + self._lease
            )
            return renewed.rowcount == 1 and connection.execute(active).first() is not None

    def mark(
        self, claim: Claim, delivery_ids: Sequence[DeliveryId], *, now: datetime
    ) -> frozenset[DeliveryId]:
        """Mark deliveries as being sent; returns, once that is durable, those that may be sent.

        Raises LedgerError when it cannot be made durable: then nothing may be sent.
        """
        mark = Mark(claim, delivery_ids, now, SimpleQueue())
        self._writer.put(mark)
        return answer(mark.granted)

    def settle(
        self, claim: Claim, delivery_id: DeliveryId, outcome: Outcome, *, now: datetime
    ) -> None:
        """Hand an outcome to the writer, which keeps it until it is durable.

        `Deferred.retry_after_s` says when the delivery is due again; None means at once.
        """
        self._writer.put(Settlement(claim, delivery_id, outcome, now))

    def postpone(
        self, claim: Claim, until: Mapping[DeliveryId, datetime], *, now: datetime
    ) -> None:
        """Hold unsent deliveries back until the given instants; `release` opens the chunk by then."""
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
        """Give the chunk back, once every outcome handed over is durable.

        What was marked and never settled becomes uncertain. With `hold_until`, no chunk of the
        mailing can be claimed before that instant, because its relay cannot be reached.
        """
        flush = Flush(SimpleQueue())
        self._writer.put(flush)
        answer(flush.done)
        with self._database.writing() as connection:
            if statements.RELEASE_CHUNK.run(connection, **_named(claim)).rowcount == 0:
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
    """Free the chunks of dead workers. A new epoch fences off a worker that only seemed dead."""
    for (chunk_id,) in ended:
        statements.TAKE_BACK_CHUNK.run(connection, chunk_id=chunk_id)
        _close_or_open(connection, chunk_id, now, recovered=True)


def _close_or_open(
    connection: Connection, chunk_id: int, now: datetime, *, recovered: bool
) -> None:
    """Make uncertain what is still being sent, and set when the chunk has work again."""
    statements.SENDING_TO_UNCERTAIN.run(connection, chunk_id=chunk_id, now=now)
    statements.SET_CHUNK_OPENING.run(connection, chunk_id=chunk_id, now=now, is_recovered=recovered)


def _hold(connection: Connection, mailing_id: MailingId, until: datetime) -> None:
    connection.execute(
        update(tables.chunk)
        .where(_chunk.mailing_id == mailing_id, _chunk.open_at < until)
        .values(open_at=until)
    )
