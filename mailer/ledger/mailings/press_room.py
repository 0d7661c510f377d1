"""The releases of launched mailings, and the clock of the database."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.bad_day_tables import amendment, suspension
from mailer.ledger.storage.definitions.press_room_tables import public_release, release_withdrawal
from mailer.ledger.storage.journal import write_entry
from mailer.ledger.storage.json_values import message_from_json
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.mailing import MailingId, MailingState
from mailer.model.press_room.press_room import (
    LaunchedRelease,
    PressRoomRecord,
    ReleaseKey,
    ReleaseWithdrawal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from mailer.ledger.storage.database import Database
    from mailer.model.campaigns.release import Release
    from mailer.model.mailings.mailing import Mailing
    from mailer.model.team.actor import Actor

_mailing, _release, _journal = tables.mailing.c, public_release.c, tables.journal.c
_withdrawal = release_withdrawal.c
_STOPPED = (MailingState.PAUSED.value, MailingState.CANCELLED.value)
_STOPS = (*_STOPPED, "supersede")
"""The acts that stop a mailing, as the journal has them."""
_superseded_at = (
    select(func.min(amendment.c.launched_at))
    .where(
        amendment.c.campaign == _mailing.campaign,
        amendment.c.version > _mailing.version,
        amendment.c.kind != AmendmentKind.FOLLOW_UP,
    )
    .scalar_subquery()
    .label("superseded_at")
)
_RELEASES = (
    select(
        public_release,
        _superseded_at,
        _mailing.campaign,
        _mailing.step,
        _mailing.version,
        _mailing.due_at,
        _mailing.started_at,
        _mailing.state,
    )
    .join_from(public_release, tables.mailing, _release.mailing_id == _mailing.id)
    .order_by(_mailing.campaign, _mailing.version, _mailing.step, _release.language)
)


class SqlPressRoom:
    """Reads the rows that launches wrote."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self) -> PressRoomRecord:
        with self._database.reading() as connection:
            rows = connection.execute(_RELEASES).all()
            stops = _stops(connection, (row for row in rows if row.state in _STOPPED))
            withdrawn = connection.execute(
                select(
                    _withdrawal.campaign,
                    _withdrawal.version,
                    _withdrawal.at,
                    _withdrawal.by,
                    _withdrawal.why,
                ).order_by(_withdrawal.campaign, _withdrawal.version)
            ).all()
            suspended_at = connection.scalar(select(suspension.c.at))
        return PressRoomRecord(
            releases=tuple(_of_row(row, stops) for row in rows),
            withdrawals=tuple(ReleaseWithdrawal(*row) for row in withdrawn),
            suspended_at=suspended_at,
        )

    def release(self, key: ReleaseKey) -> Release:
        variant = tables.variant.c
        query = select(variant.message).where(
            variant.mailing_id == key.mailing_id,
            variant.list == key.list,
            variant.language == key.language,
        )
        with self._database.reading() as connection:
            written = connection.scalar(query)
        found = message_from_json(written).release if written is not None else None
        if found is None:
            raise KeyError(key)
        return found

    def withdraw(self, withdrawal: ReleaseWithdrawal, *, actor: Actor) -> bool:
        row = insert(release_withdrawal).values(asdict(withdrawal) | {"person": actor.person})
        try:
            with self._database.writing() as connection:
                connection.execute(row)
                write_entry(
                    connection,
                    at=withdrawal.at,
                    actor=actor,
                    action="withdraw-release",
                    subject=withdrawal.campaign,
                    detail=withdrawal.why,
                )
        except IntegrityError:
            return False
        return True

    def shared_now(self) -> datetime | None:
        with self._database.reading() as connection:
            if connection.dialect.name != "postgresql":
                return None
            at: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return at.astimezone(UTC)


def write_releases(connection: Connection, mailing: Mailing) -> None:
    """Insert what the press room shows of a mailing, if anything."""
    rows: list[dict[str, Any]] = [
        {
            "mailing_id": mailing.id,
            "list": key.list,
            "language": key.language,
            "tells_amendment": mailing.rule.informed,
            **{
                name: getattr(message.release, name)
                for name in ("kind", "label", "headline", "summary", "code", "public_from")
            },
        }
        for key, message in mailing.variants.items()
        if message.release is not None
    ]
    if rows:
        connection.execute(insert(public_release), rows)


def _stops(connection: Connection, stopped: Iterable[Row[Any]]) -> Mapping[str, datetime]:
    """Return when each mailing that does not go on was stopped, by its subject in the journal."""
    subjects = {_subject(row) for row in stopped}
    if not subjects:
        return {}
    query = (
        select(_journal.subject, func.max(_journal.at).label("at"))
        .where(_journal.subject.in_(subjects), _journal.action.in_(_STOPS))
        .group_by(_journal.subject)
    )
    return {row.subject: row.at for row in connection.execute(query)}


def _subject(row: Row[Any]) -> str:
    return f"{row.campaign}/{row.step}"


def _of_row(row: Row[Any], stops: Mapping[str, datetime]) -> LaunchedRelease:
    is_stopped = row.state in _STOPPED
    return LaunchedRelease(
        key=ReleaseKey(MailingId(row.mailing_id), row.list, row.language),
        campaign=row.campaign,
        step=row.step,
        version=row.version,
        kind=row.kind,
        label=row.label,
        headline=row.headline,
        summary=row.summary,
        code=row.code,
        public_from=row.public_from,
        due_at=row.due_at,
        started_at=row.started_at,
        # Without a line in the journal, as if it had been stopped before it was public.
        superseded_at=row.superseded_at,
        stopped_at=stops.get(_subject(row), row.due_at) if is_stopped else None,
        tells_amendment=row.tells_amendment,
    )
