"""What the calendar of the office shows of launched campaigns."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from mailer.ledger.mailings.history import day_of_fact
from mailer.ledger.mailings.mailing_rows import SUMMARIES, summary_of_row
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.bad_day_tables import amendment
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.mailing import MailingState
from mailer.model.press_room.office_calendar import LaunchedFacts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Subquery

    from mailer.ledger.storage.database import Database
    from mailer.model.mailings.mailing import MailingSummary

_mailing = tables.mailing.c
_DAY = timedelta(days=1)


class SqlOfficeCalendar:
    """Mailings and dates of all campaigns, without messages and recipients."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mailings(self, begin: datetime, end: datetime) -> Sequence[MailingSummary]:
        query = SUMMARIES.where(_mailing.due_at.between(begin, end))
        with self._database.reading() as connection:
            return [summary_of_row(row) for row in connection.execute(query)]

    def facts(self, first_on: date, last_on: date) -> Sequence[LaunchedFacts]:
        newest = _newest_versions()
        is_newest = (newest.c.campaign == _mailing.campaign) & (
            newest.c.version == _mailing.version
        )
        query = (
            select(
                _mailing.campaign,
                _mailing.time_zone,
                _mailing.facts,
                _is_cancelled().label("is_cancelled"),
            )
            .join(newest, is_newest)
            .where(_has_day(first_on, last_on))
            .order_by(_mailing.campaign, _mailing.id)
        )
        with self._database.reading() as connection:
            # The steps of one version have the same event.
            found = {row.campaign: row for row in connection.execute(query)}
        return [
            LaunchedFacts(row.campaign, row.time_zone, bool(row.is_cancelled), row.facts)
            for row in found.values()
        ]


def _newest_versions() -> Subquery:
    """Select the newest version of each campaign, whose facts hold."""
    newest = func.max(_mailing.version).label("version")
    return select(_mailing.campaign, newest).group_by(_mailing.campaign).subquery()


def _has_day(first_on: date, last_on: date) -> ColumnElement[bool]:
    """Return whether the event or another date of a campaign touches one of these days.

    A day more on each side, because facts are written in the time zone of the campaign.
    """
    first, last = (first_on - _DAY).isoformat(), (last_on + _DAY).isoformat()
    begins_on, ends_on = map(day_of_fact, ("event.starts_at", "event.ends_at"))
    return or_(
        (begins_on <= last) & (func.coalesce(ends_on, begins_on) >= first),
        day_of_fact("accreditation.deadline").between(first, last),
        day_of_fact("embargo.until").between(first, last),
    )


def _is_cancelled() -> ColumnElement[bool]:
    """Return whether the cancellation of a campaign was told, or nothing of it leaves any more."""
    other = tables.mailing.alias()
    told = select(amendment.c.campaign).where(
        amendment.c.campaign == _mailing.campaign,
        amendment.c.kind == AmendmentKind.CANCELLATION,
        amendment.c.launched_at.is_not(None),
    )
    leaves = select(other.c.id).where(
        other.c.campaign == _mailing.campaign, other.c.state != MailingState.CANCELLED
    )
    return or_(told.exists(), ~leaves.exists())
