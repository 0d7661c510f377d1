"""Whom earlier mailings reached, and what was signed off."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from mailer.ledger.mailings.mailing_rows import SUMMARIES, summary_of_row
from mailer.ledger.mailings.signed_steps import read_signed_steps
from mailer.ledger.storage.definitions import tables
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.contact import ERASED, ContactId
from mailer.model.mailings.delivery import NOT_DELIVERED, STOPPED, UNSENT, DeliveryStatus
from mailer.model.mailings.history import KeptBack, MailingVersions, WrittenTo
from mailer.model.mailings.mailing import HAS_ENDED, MailingId, MailingState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Select

    from mailer.ledger.storage.database import Database
    from mailer.model.mailings.mailing import MailingSummary
    from mailer.model.mailings.signed_step import SignedStep

_mailing, _delivery, _exclusion = tables.mailing.c, tables.delivery.c, tables.exclusion.c
_event = tables.event.c
_NEVER_LEAVES = (MailingState.MISSED, MailingState.CANCELLED)
_MARK = re.compile(r"(\d{1,9})-(.+)", re.ASCII)
_REFUSED = (DeliveryStatus.DEFERRED, DeliveryStatus.REJECTED, DeliveryStatus.BOUNCED)
_HAS_LEFT = _delivery.status.not_in((*UNSENT, *NOT_DELIVERED))


class SqlHistory:
    """Whom earlier mailings reached, for plans and audiences."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def signed_steps(self, campaign: str) -> Mapping[str, SignedStep]:
        with self._database.reading() as connection:
            return read_signed_steps(connection, campaign)

    def audience(self, mailing_id: MailingId) -> frozenset[ContactId]:
        return self._people(select(_delivery.contact_id).where(_delivery.mailing_id == mailing_id))

    def received(self, campaign: str, step: str) -> frozenset[ContactId]:
        query = select(_delivery.contact_id).join(
            tables.mailing, _mailing.id == _delivery.mailing_id
        )
        is_meant = (_mailing.campaign == campaign) & (_mailing.step == step)
        return self._people(query.where(is_meant, _HAS_LEFT))

    def often_contacted(self, *, since: datetime, at_least: int) -> Mapping[ContactId, int]:
        begun = select(_mailing.id).where(_mailing.started_at >= since)
        query = (
            select(_delivery.contact_id, func.count())
            .where(_delivery.mailing_id.in_(begun), _HAS_LEFT, _delivery.contact_id != ERASED)
            .group_by(_delivery.contact_id)
            .having(func.count() >= at_least)
        )
        with self._database.reading() as connection:
            return {ContactId(row[0]): row[1] for row in connection.execute(query)}

    def written_to(
        self, *, since: datetime, at_least: int, after: str = "", limit: int
    ) -> Sequence[WrittenTo]:
        mails = func.count()
        left_at = case(
            (_delivery.answer > 0, func.coalesce(_delivery.changed_at, _mailing.started_at)),
            else_=_mailing.started_at,
        )
        counted = (
            select(
                _delivery.contact_id.label("contact"),
                func.max(_delivery.address).label("address"),
                func.max(_delivery.name).label("name"),
                mails.label("mails"),
                func.max(left_at, type_=_mailing.started_at.type).label("last_at"),
            )
            .join(tables.mailing, _mailing.id == _delivery.mailing_id)
            .where(left_at >= since, _HAS_LEFT, _delivery.contact_id != ERASED)
            .group_by(_delivery.contact_id)
            .having(mails >= at_least)
            .subquery()
        )
        found, known = counted.c, tables.contact.c
        query = (
            select(
                found.contact,
                func.coalesce(known.address, found.address),
                found.name,
                func.coalesce(known.organisation, ""),
                found.mails,
                found.last_at,
                known.id.is_not(None),
            )
            .join_from(counted, tables.contact, known.id == found.contact, isouter=True)
            .order_by(found.mails.desc(), found.contact)
            .limit(limit)
        )
        if mark := _MARK.fullmatch(after):
            fewer, same = found.mails < int(mark[1]), found.mails == int(mark[1])
            query = query.where(fewer | (same & (found.contact > mark[2])))
        with self._database.reading() as connection:
            return [WrittenTo(*row) for row in connection.execute(query)]

    def newest_and_coming(self, *, newest: int) -> Sequence[MailingSummary]:
        has_begun = _mailing.started_at.is_not(None)
        last_begun = (
            select(_mailing.id)
            .where(has_begun)
            .order_by(_mailing.due_at.desc(), _mailing.campaign.desc(), _mailing.step.desc())
            .limit(newest)
        )
        is_coming = and_(~has_begun, _mailing.state.not_in(HAS_ENDED))
        query = SUMMARIES.where(or_(is_coming, _mailing.id.in_(last_begun)))
        with self._database.reading() as connection:
            return [summary_of_row(row) for row in connection.execute(query)]

    def versions_of(
        self, mailing_ids: Collection[MailingId]
    ) -> Mapping[MailingId, MailingVersions]:
        variant = tables.variant.c
        query = (
            select(_mailing.id, _mailing.default_language, variant.list, variant.language)
            .join(tables.variant, variant.mailing_id == _mailing.id)
            .where(_mailing.id.in_(mailing_ids))
        )
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(_mailing.id)).all()
            return {
                MailingId(mailing_id): MailingVersions(
                    default_language,
                    tuple(VariantKey(row.list, row.language) for row in versions),
                )
                for (mailing_id, default_language), versions in groupby(rows, itemgetter(0, 1))
            }

    def leaving_between(
        self, begin: datetime, end: datetime, *, other_than: str
    ) -> Sequence[MailingSummary]:
        query = SUMMARIES.where(_leaves_for_others(other_than), _mailing.due_at.between(begin, end))
        with self._database.reading() as connection:
            return [summary_of_row(row) for row in connection.execute(query)]

    def campaigns_with_event(
        self, first_on: date, last_on: date, *, other_than: str
    ) -> frozenset[str]:
        begins_on, ends_on = map(day_of_fact, ("event.starts_at", "event.ends_at"))
        is_meant = (begins_on <= last_on.isoformat()) & (
            func.coalesce(ends_on, begins_on) >= first_on.isoformat()
        )
        query = select(_mailing.campaign).distinct().where(_leaves_for_others(other_than), is_meant)
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def left_since(
        self, mailing_ids: Collection[MailingId], *, since: datetime
    ) -> Mapping[MailingId, int]:
        query = (
            select(_delivery.mailing_id, func.count())
            .where(
                _delivery.mailing_id.in_(mailing_ids),
                _delivery.changed_at >= since,
                _delivery.status.not_in((*UNSENT, *STOPPED)),
            )
            .group_by(_delivery.mailing_id)
        )
        with self._database.reading() as connection:
            return {MailingId(row[0]): row[1] for row in connection.execute(query)}

    def last_refusals(
        self, mailing_ids: Collection[MailingId], *, limit: int
    ) -> Mapping[MailingId, Mapping[str, int]]:
        # What came back later is in its event: the reply of such a delivery took the message.
        came_back = (
            select(_event.quote)
            .where(_event.delivery_id == _delivery.id, _event.quote != "")
            .order_by(_event.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        has_bounced = _delivery.status == DeliveryStatus.BOUNCED
        reply = case((has_bounced, func.coalesce(came_back, "")), else_=_delivery.reply)
        refused = (
            select(_delivery.mailing_id, reply.label("reply"), _delivery.changed_at)
            .where(_delivery.mailing_id.in_(mailing_ids), _delivery.status.in_(_REFUSED))
            .subquery()
            .c
        )
        query = (
            select(refused.mailing_id, refused.reply, func.count())
            .where(refused.reply != "")
            .group_by(refused.mailing_id, refused.reply)
            .order_by(func.max(refused.changed_at).desc(), refused.reply)
            .limit(limit)
        )
        found: dict[MailingId, dict[str, int]] = {}
        with self._database.reading() as connection:
            for mailing_id, reply, count in connection.execute(query):
                found.setdefault(MailingId(mailing_id), {})[reply] = count
        return found

    def kept_back(
        self, address_keys: Collection[str], *, mailing_ids: Collection[MailingId]
    ) -> Sequence[KeptBack]:
        address = func.lower(_exclusion.contact["address"].as_string())
        query = select(_exclusion.mailing_id, _exclusion.reason, _exclusion.detail).where(
            _exclusion.mailing_id.in_(mailing_ids), address.in_(address_keys)
        )
        with self._database.reading() as connection:
            return [
                KeptBack(MailingId(row.mailing_id), ExclusionReason(row.reason), row.detail)
                for row in connection.execute(query)
            ]

    def _people(self, query: Select[Any]) -> frozenset[ContactId]:
        with self._database.reading() as connection:
            return frozenset(ContactId(each) for each in connection.scalars(query)) - {ERASED}


def _leaves_for_others(campaign: str) -> ColumnElement[bool]:
    return (_mailing.campaign != campaign) & _mailing.state.not_in(_NEVER_LEAVES)


def day_of_fact(name: str) -> ColumnElement[str]:
    """Return the day with which a frozen fact begins; NULL where there is none."""
    return func.nullif(func.substr(_mailing.facts[name].as_string(), 1, 10), "")
