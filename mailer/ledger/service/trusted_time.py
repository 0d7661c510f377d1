"""The trusted time of each machine, and the stored waits that move when a clock jumps."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Interval, func, literal, select, update

from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import (
    desk_tables,
    identity_tables,
    job_tables,
    process_tables,
    service_tables,
    sign_off_tables,
    tables,
)
from mailer.ledger.storage.journal import write_entry
from mailer.model.service.trusted_time import ClockVerdict, TrustedTime
from mailer.model.team.actor import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Connection

    from mailer.ledger.storage.database import Database
    from mailer.model.service.trusted_time import ClockReading
    from mailer.model.team.actor import Actor

_trusted = service_tables.trusted_time.c
WAITS: tuple[Column[Any], ...] = (
    tables.chunk.c.open_at,
    tables.chunk.c.lease_until,
    tables.delivery.c.not_before,
    service_tables.notice.c.free_at,
    service_tables.heartbeat.c.at,
    service_tables.heartbeat.c.failing_since,
    job_tables.job.c.lease_until,
    sign_off_tables.sign_off_reminder.c.claimed_at,
    process_tables.service_process.c.seen_at,
    desk_tables.desk_session.c.seen_at,
    desk_tables.desk_session.c.expires_at,
    desk_tables.desk_session.c.proved_at,
    desk_tables.one_time_link.c.expires_at,
    identity_tables.used_proof.c.until,
)
"""The instants from which seconds are counted, or that were computed as so many seconds from now.
An hour that a person chose is none of them."""
_SKEW = timedelta(minutes=1)
"""The clocks of several machines on one ledger may differ by as much."""
_SUBJECT = "clock"


class SqlTrustedTime:
    """One row for each start of a machine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def observe(self, reading: ClockReading) -> TrustedTime:
        known = self.known(reading)
        if known is not None and _changes_nothing(known, reading):
            return known
        with self._database.writing() as connection:
            # Waits that go by the clock of the database do not move with that of one host.
            return _observe(connection, reading, moves=not self._database.has_clock)

    def confirm(self, *, actor: Actor, at: datetime) -> Sequence[TrustedTime]:
        with self._database.writing() as connection:
            held = _rows(connection, _trusted.is_held, ~_trusted.is_confirmed)
            for each in held:
                _write(connection, replace(each, is_confirmed=True))
                _journal(connection, each, action="confirm-clock", actor=actor, at=at)
        return held

    def known(self, reading: ClockReading) -> TrustedTime | None:
        with self._database.reading() as connection:
            return next(iter(_rows(connection, _trusted.boot == reading.boot)), None)

    def all(self) -> Sequence[TrustedTime]:
        with self._database.reading() as connection:
            return _rows(connection)


def _changes_nothing(known: TrustedTime, reading: ClockReading) -> bool:
    """Return whether the reading needs no transaction: it is asked for every second."""
    match known.judge(reading):
        case ClockVerdict.STEADY:
            return not known.is_held
        case ClockVerdict.HELD:
            return known.holding(reading) == known
        case ClockVerdict.FOLLOWED:
            return False


def _observe(connection: Connection, reading: ClockReading, *, moves: bool) -> TrustedTime:
    """Judge the reading under a lock: of many processes that notice a jump, one moves the waits."""
    known = next(iter(_rows(connection, _trusted.boot == reading.boot, lock=True)), None)
    if known is None:
        return _first(connection, reading, moves=moves)
    match known.judge(reading):
        case ClockVerdict.STEADY:
            now = replace(known, is_held=False, is_confirmed=False) if known.is_held else known
        case ClockVerdict.FOLLOWED:
            now = known.following(reading)
            move_waits(connection, now.jump_s if moves else 0)
            _journal(connection, now, action="clock-jumped", actor=PROGRAM, at=reading.wall_at)
        case ClockVerdict.HELD:
            now = known.holding(reading)
            if now != known:
                _journal(connection, now, action="clock-held", actor=PROGRAM, at=reading.wall_at)
    if now != known:
        _write(connection, now)
    return now


def _first(connection: Connection, reading: ClockReading, *, moves: bool) -> TrustedTime:
    """Trust the first reading since the machine started. When the same machine has been seen later
    than that, its clock was set back meanwhile, by at least the difference.
    """
    now = TrustedTime.first(reading)
    is_known = bool(_rows(connection, _trusted.host == reading.host))
    seen_at = (
        connection.scalar(select(func.max(service_tables.heartbeat.c.at))) if is_known else None
    )
    if seen_at is not None and seen_at - reading.wall_at > _SKEW:
        now = replace(now, at=seen_at).following(reading)
        move_waits(connection, now.jump_s if moves else 0)
        _journal(connection, now, action="clock-jumped", actor=PROGRAM, at=reading.wall_at)
    _write(connection, now)
    return now


def move_waits(connection: Connection, by_s: float) -> None:
    """Move every stored wait with the clock, so that what was to wait a minute waits a minute."""
    if not by_s:
        return
    for column in WAITS:
        connection.execute(
            update(column.table)
            .where(column.is_not(None))
            .values({column: _moved(connection, column, by_s)})
        )
    limit = tables.rate_limit.c
    connection.execute(
        update(tables.rate_limit).values(
            free_at_s=limit.free_at_s + by_s, slowed_at_s=limit.slowed_at_s + by_s
        )
    )


def _moved(connection: Connection, column: Column[Any], by_s: float) -> ColumnElement[Any]:
    if connection.dialect.name == "postgresql":
        return column.op("+")(literal(timedelta(seconds=by_s), Interval()))
    # SQLite counts milliseconds, and the ledger writes six digits.
    moved = func.strftime("%Y-%m-%d %H:%M:%f", column, f"{by_s:+.3f} seconds").concat("000")
    return func.coalesce(moved, column)  # NULL beyond the year 9999


def _rows(
    connection: Connection, *where: ColumnElement[bool], lock: bool = False
) -> list[TrustedTime]:
    query = select(service_tables.trusted_time).where(*where).order_by(_trusted.at)
    rows = connection.execute(query.with_for_update() if lock else query)
    return [TrustedTime(*row) for row in rows]


def _write(connection: Connection, trusted: TrustedTime) -> None:
    values = asdict(trusted)
    row = insert(connection, service_tables.trusted_time).values(values)
    connection.execute(row.on_conflict_do_update(index_elements=["boot"], set_=values))


def _journal(
    connection: Connection, trusted: TrustedTime, *, action: str, actor: Actor, at: datetime
) -> None:
    detail = f"{trusted.host}: {trusted.jump_s:+.0f} s"
    write_entry(connection, at=at, actor=actor, action=action, subject=_SUBJECT, detail=detail)
