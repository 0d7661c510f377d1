"""Amendments: their drafts, their launch, and who holds what of a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, func, literal, select, update
from sqlalchemy.exc import IntegrityError

from mailer.ledger.mailings.mailing_rows import write_mailing
from mailer.ledger.mailings.mailing_states import (
    cancel_waiting,
    is_ahead,
    is_under_way,
    journal_mailing,
)
from mailer.ledger.sending.deliveries import has_not_reached
from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.bad_day_tables import amendment as amendment_table
from mailer.ledger.storage.home import require_home
from mailer.ledger.storage.journal import write_entry
from mailer.model.address import Address
from mailer.model.campaigns.campaign import CalendarEntry
from mailer.model.contacts.contact import ERASED
from mailer.model.mailings.amendment import Amendment, AmendmentKind, Holder, OpenAmendment
from mailer.model.mailings.delivery import SUPERSEDED, SUPERSEDED_NOTE, DeliveryStatus
from mailer.model.mailings.mailing import MailingState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from mailer.ledger.storage.database import Database
    from mailer.model.mailings.amendment import AmendedMailings
    from mailer.model.mailings.mailing import Mailing, MailingId
    from mailer.model.team.actor import Actor

_mailing, _delivery = tables.mailing.c, tables.delivery.c
_amendment = amendment_table.c
_KEY = ("campaign", "version")
_MAY_HOLD = (
    DeliveryStatus.SENDING,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.ACCEPTED,
    DeliveryStatus.DELIVERED,
    DeliveryStatus.BOUNCED,
    DeliveryStatus.COMPLAINED,
)
"""The message left, or may have. A bounce counts: it may come long after, or be about a copy."""


class SqlAmendments:
    """The amendments of launched campaigns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_campaign(self, campaign: str) -> Sequence[Amendment]:
        query = (
            select(amendment_table)
            .where(_amendment.campaign == campaign)
            .order_by(_amendment.version)
        )
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(query)]

    def open(self) -> Sequence[OpenAmendment]:
        line = tables.journal.c
        drafting = (
            (line.subject == _amendment.campaign)
            & (line.at == _amendment.drafted_at)
            & (line.action == literal("draft-") + _amendment.kind)
        )
        query = (
            select(amendment_table, line.person, line.by)
            .outerjoin(tables.journal, drafting)
            .where(_amendment.launched_at.is_(None))
            .order_by(_amendment.drafted_at, _amendment.campaign, line.id)
        )
        with self._database.reading() as connection:
            found = {
                row.campaign: OpenAmendment(_from_row(row), row.person or "", row.by or "")
                for row in connection.execute(query)
            }
        return list(found.values())

    def draft(self, amendment: Amendment, *, actor: Actor) -> bool:
        values = _to_row(amendment)
        with self._database.writing() as connection:
            line = insert(connection, amendment_table).values(values)
            saving = line.on_conflict_do_update(
                index_elements=_KEY,
                set_={name: line.excluded[name] for name in values if name not in _KEY},
                where=_amendment.launched_at.is_(None),
            ).returning(_amendment.version)
            if connection.execute(saving).first() is None:
                return False
            write_entry(
                connection,
                at=amendment.drafted_at,
                actor=actor,
                action=f"draft-{amendment.kind}",
                subject=amendment.campaign,
                detail=amendment.note,
            )
        return True

    def drop(self, amendment: Amendment, *, actor: Actor, at: datetime) -> bool:
        with self._database.writing() as connection:
            dropping = delete(amendment_table).where(_is_still(amendment))
            if connection.execute(dropping).rowcount == 0:
                return False
            write_entry(
                connection,
                at=at,
                actor=actor,
                action=f"drop-{amendment.kind}",
                subject=amendment.campaign,
                detail=amendment.note,
            )
        return True

    def launch(
        self,
        amendment: Amendment,
        mailings: Sequence[Mailing],
        amended: AmendedMailings,
        *,
        actor: Actor,
        at: datetime,
    ) -> bool:
        try:
            with self._database.writing() as connection:
                require_home(self._database, connection, at=at)
                _claim_version(connection, amendment, at)
                _amend(connection, amended, actor=actor, at=at)
                if amendment.kind is not AmendmentKind.FOLLOW_UP:
                    _close_earlier(connection, amendment.campaign, at)
                for mailing in mailings:
                    write_mailing(connection, mailing)
                    journal_mailing(connection, mailing.id, at=at, actor=actor, action="launch")
                write_entry(
                    connection,
                    at=at,
                    actor=actor,
                    action=f"launch-{amendment.kind}",
                    subject=amendment.campaign,
                    detail=amendment.note,
                )
        except (IntegrityError, _Overtaken):
            return False
        return True

    def holders(self, campaign: str) -> Mapping[str, Holder]:
        newest = func.max(_mailing.version).label("version")
        query = (
            select(
                _delivery.address_key,
                func.max(_delivery.address).label("address"),
                func.max(_delivery.name).label("name"),
                func.max(_delivery.language).label("language"),
                newest,
            )
            .join_from(tables.mailing, tables.delivery, _delivery.mailing_id == _mailing.id)
            .where(
                _mailing.campaign == campaign,
                _delivery.status.in_(_MAY_HOLD),
                _delivery.contact_id != ERASED,
            )
            .group_by(_delivery.address_key)
        )
        return self._holders(query)

    def not_reached(self, mailing_id: MailingId) -> Mapping[str, Holder]:
        query = select(
            _delivery.address_key, _delivery.address, _delivery.name, _delivery.language
        ).where(
            _delivery.mailing_id == mailing_id,
            has_not_reached(),
            _delivery.contact_id != ERASED,
        )
        return self._holders(query)

    def _holders(self, query: Any) -> Mapping[str, Holder]:
        with self._database.reading() as connection:
            return {
                row.address_key: Holder(
                    address=Address.parse(row.address),
                    name=row.name,
                    language=row.language,
                    version=getattr(row, "version", 0),
                )
                for row in connection.execute(query)
            }

    def is_being_sent(self, campaign: str) -> bool:
        query = select(
            exists().where(
                _mailing.campaign == campaign,
                _delivery.mailing_id == _mailing.id,
                _delivery.status == DeliveryStatus.SENDING,
            )
        )
        with self._database.reading() as connection:
            return bool(connection.scalar(query))


class _Overtaken(Exception):
    """Something that the amendment was drafted for has changed since."""


def _claim_version(connection: Connection, amendment: Amendment, at: datetime) -> None:
    """Make the draft launched, once. Raises _Overtaken when somebody else was faster."""
    launching = (
        update(amendment_table)
        .where(_is_still(amendment))
        .values(launched_at=at, fingerprint=amendment.fingerprint)
    )
    if connection.execute(launching).rowcount == 0:
        raise _Overtaken


def _is_still(amendment: Amendment) -> ColumnElement[bool]:
    """Match the row of a draft that nobody has launched, dropped or drafted again since."""
    return and_(
        _amendment.campaign == amendment.campaign,
        _amendment.version == amendment.version,
        _amendment.drafted_at == amendment.drafted_at,
        _amendment.launched_at.is_(None),
    )


def _amend(connection: Connection, amended: AmendedMailings, *, actor: Actor, at: datetime) -> None:
    """Take the mailings of before out of the way, in the order in which every transaction locks."""
    coming = {**dict.fromkeys(amended.replaced, "replace"), **dict.fromkeys(amended.cancelled, "")}
    for mailing_id in sorted({*coming, *amended.superseded}):
        if mailing_id in amended.superseded:
            _cancel(connection, mailing_id, is_under_way)
            cancel_waiting(connection, mailing_id, at, SUPERSEDED)
            action = "supersede"
        else:
            _cancel(connection, mailing_id, is_ahead)
            action = coming[mailing_id] or MailingState.CANCELLED.value
        journal_mailing(connection, mailing_id, at=at, actor=actor, action=action)
        if mailing_id in amended.replaced:
            connection.execute(delete(tables.mailing).where(_mailing.id == mailing_id))


def _close_earlier(connection: Connection, campaign: str, at: datetime) -> None:
    """Let nothing more of the versions before leave, not even to somebody whose address is put
    right later: what they say is no longer so.
    """
    connection.execute(
        update(tables.mailing)
        .where(
            _mailing.campaign == campaign,
            _mailing.state == MailingState.DONE,
            _mailing.expires_at > at,
        )
        .values(expires_at=at)
    )


def _cancel(connection: Connection, mailing_id: MailingId, state: ColumnElement[bool]) -> None:
    """Cancel a mailing in this state. Raises _Overtaken when it is in another one."""
    cancelling = (
        update(tables.mailing)
        .where(_mailing.id == mailing_id, state)
        .values(state=MailingState.CANCELLED.value, note=SUPERSEDED_NOTE)
    )
    if connection.execute(cancelling).rowcount == 0:
        raise _Overtaken


def _to_row(amendment: Amendment) -> dict[str, Any]:
    return {
        "campaign": amendment.campaign,
        "version": amendment.version,
        "kind": amendment.kind.value,
        "note": amendment.note,
        "drafted_at": amendment.drafted_at,
        "launched_at": amendment.launched_at,
        "fingerprint": amendment.fingerprint,
        "uid": amendment.entry.uid,
        "organizer": amendment.entry.organizer,
        "sequence": amendment.entry.sequence,
    }


def _from_row(row: Row[Any]) -> Amendment:
    return Amendment(
        campaign=row.campaign,
        version=row.version,
        kind=AmendmentKind(row.kind),
        note=row.note,
        drafted_at=row.drafted_at,
        entry=CalendarEntry(row.uid, row.organizer, row.sequence),
        launched_at=row.launched_at,
        fingerprint=row.fingerprint,
    )
