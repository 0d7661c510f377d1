"""Finds similar mailings: of the same text, subject or audience rule, under whatever name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, and_, case, cast, func, or_, select

from mailer.ledger.mailings.mailing_rows import SUMMARIES, summary_of_row
from mailer.ledger.storage.definitions import tables
from mailer.model.mailings.delivery import NOT_DELIVERED
from mailer.model.mailings.mailing import MailingId, MailingState
from mailer.model.mailings.similar import SimilarMailing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from mailer.ledger.storage.database import Database
    from mailer.model.mailings.mailing import MailingSummary

_mailing, _variant, _delivery = tables.mailing.c, tables.variant.c, tables.delivery.c


class SqlSimilarMailings:
    """Compares variants by content hash and subject, and lists who received a mailing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(
        self, *, contents: Collection[str], subjects: Collection[str], since: datetime
    ) -> Sequence[SimilarMailing]:
        at = func.coalesce(_mailing.started_at, _mailing.due_at)
        same_text = _variant.content_hash.in_(contents)
        query = (
            select(
                _mailing.id,
                _mailing.campaign,
                _mailing.step,
                _mailing.started_at,
                _mailing.due_at,
                func.max(case((same_text, 1), else_=0)).label("same"),
            )
            .join(tables.variant, _variant.mailing_id == _mailing.id)
            .where(
                or_(same_text, and_(_variant.headline.in_(subjects), at >= since)),
                or_(
                    _mailing.started_at.is_not(None),
                    _mailing.state.in_((MailingState.SCHEDULED, MailingState.PAUSED)),
                ),
            )
            .group_by(_mailing.id)
            .order_by(at, _mailing.id)
        )
        with self._database.reading() as connection:
            return [
                SimilarMailing(
                    mailing_id=MailingId(row.id),
                    campaign=row.campaign,
                    step=row.step,
                    at=row.started_at or row.due_at,
                    has_begun=row.started_at is not None,
                    is_same_text=bool(row.same),
                )
                for row in connection.execute(query)
            ]

    def last_of_each_rule(self) -> Sequence[MailingSummary]:
        newest_first = func.row_number().over(
            partition_by=cast(_mailing.rule, String), order_by=(_mailing.due_at.desc(), _mailing.id)
        )
        started = (
            select(_mailing.id, newest_first.label("place"))
            .where(_mailing.started_at.is_not(None))
            .subquery()
        )
        newest = select(started.c.id).where(started.c.place == 1)
        with self._database.reading() as connection:
            rows = connection.execute(SUMMARIES.where(_mailing.id.in_(newest)))
            return [summary_of_row(row) for row in rows]

    def delivered_address_keys(self, mailing_id: MailingId) -> frozenset[str]:
        query = select(_delivery.address_key).where(
            _delivery.mailing_id == mailing_id, _delivery.status.not_in(NOT_DELIVERED)
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))
