"""Figures about the mailings for status and monitoring, without messages and recipients."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, literal, null, or_, select, union_all

from mailer.ledger.sending.deliveries import is_queued_without_events
from mailer.ledger.storage.definitions import tables
from mailer.model.mailings.delivery import UNSENT, DeliveryStatus
from mailer.model.mailings.mailing import MailingId, MailingState
from mailer.model.mailings.progress import MailingProgress, MailingsInState
from mailer.model.team.actor import Via

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row, Select

    from mailer.ledger.storage.database import Database

_mailing, _delivery, _journal = tables.mailing.c, tables.delivery.c, tables.journal.c
_COLUMNS = (
    _mailing.id,
    _mailing.campaign,
    _mailing.step,
    _mailing.state,
    _mailing.note,
    _mailing.audience,
    _mailing.due_at,
)
_UNDER_WAY = (MailingState.ACTIVE, MailingState.PAUSED)


class SqlProgress:
    """Counts the deliveries of mailings by status."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_mailings(
        self, *, since: datetime, queued_before: datetime | None = None
    ) -> Sequence[MailingProgress]:
        asked = or_(
            _mailing.state.in_(_UNDER_WAY),
            and_(_mailing.state != MailingState.SCHEDULED, _mailing.due_at >= since),
        )
        query = select(*_COLUMNS).where(asked).order_by(_mailing.due_at, _mailing.id)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            counts = _counts(connection, rows, queued_before)
            lines = _last_lines(connection, [f"{row.campaign}/{row.step}" for row in rows])
            return [
                _progress(row, counts[row.id], lines[f"{row.campaign}/{row.step}"]) for row in rows
            ]

    def of_campaigns(self) -> Sequence[MailingsInState]:
        has_started = _mailing.started_at.is_not(None)
        due_at = func.min(_mailing.due_at, type_=_mailing.due_at.type)
        query = (
            select(_mailing.campaign, _mailing.state, has_started, due_at)
            .group_by(_mailing.campaign, _mailing.state, has_started)
            .order_by(_mailing.campaign, _mailing.state, has_started)
        )
        with self._database.reading() as connection:
            return [
                MailingsInState(campaign, MailingState(state), bool(started), first_due_at)
                for campaign, state, started, first_due_at in connection.execute(query)
            ]


def _counts(
    connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]], queued_before: datetime | None
) -> defaultdict[str, list[Row[Any]]]:
    """Return, for each mailing and status, the number of deliveries and how many of them have no
    event yet; their latest change as well if the mailing is under way.
    """
    under_way = [row.id for row in rows if row.state in _UNDER_WAY]
    ended = [row.id for row in rows if row.state not in _UNDER_WAY]
    counts: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    # The latest change takes a third of the time, and nobody asks it of what has ended.
    query = union_all(
        _count(under_way, queued_before, newest=func.max(_delivery.changed_at)),
        _count(ended, queued_before, newest=null()),
    )
    for row in connection.execute(query):
        counts[row.mailing_id].append(row)
    return counts


def _count(
    mailing_ids: Sequence[str], queued_before: datetime | None, *, newest: ColumnElement[Any]
) -> Select[Any]:
    return (
        select(
            _delivery.mailing_id,
            _delivery.status,
            func.count().label("rows"),
            newest.label("newest"),
            _queued_without_events(queued_before).label("queued_without_events"),
        )
        .where(_delivery.mailing_id.in_(mailing_ids))
        .group_by(_delivery.mailing_id, _delivery.status)
    )


def _queued_without_events(before: datetime | None) -> ColumnElement[int]:
    """Return the SQL count of deliveries queued by then that have no event yet."""
    if before is None:
        return literal(0)
    return func.sum(case((is_queued_without_events(before), 1), else_=0))


def _last_lines(
    connection: Connection, subjects: Sequence[str]
) -> defaultdict[str, list[Row[*tuple[Any, ...]]]]:
    """Return, for each subject, the newest line of the journal for each act, the newest first."""
    lines: defaultdict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    newest = (
        select(func.max(_journal.id))
        .where(_journal.subject.in_(subjects))
        .group_by(_journal.subject, _journal.action)
    )
    query = (
        select(_journal.subject, _journal.at, _journal.via, _journal.action)
        .where(_journal.id.in_(newest))
        .order_by(_journal.id.desc())
    )
    for line in connection.execute(query):
        lines[line.subject].append(line)
    return lines


def _progress(
    row: Row[*tuple[Any, ...]],
    counts: Sequence[Row[Any]],
    lines: Sequence[Row[*tuple[Any, ...]]],
) -> MailingProgress:
    last_change = next((line for line in lines if line.action == row.state), None)
    settled = [
        each.newest
        for each in counts
        if each.newest and each.status not in (*UNSENT, DeliveryStatus.SENDING)
    ]
    return MailingProgress(
        mailing_id=MailingId(row.id),
        campaign=row.campaign,
        step=row.step,
        state=MailingState(row.state),
        note=row.note,
        audience=row.audience or 0,
        by_status={DeliveryStatus(each.status): each.rows for each in counts},
        without_feedback=sum(each.queued_without_events for each in counts),
        settled_at=max(settled, default=None),
        last_journal_at=lines[0].at if lines else row.due_at,
        state_changed_at=last_change.at if last_change else row.due_at,
        state_changed_via=Via(last_change.via) if last_change else None,
    )
