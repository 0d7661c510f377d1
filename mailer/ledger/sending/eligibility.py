"""Recheck of eligibility: whom a suppression or an accreditation excludes since the start.

A delivery can wait for hours, deferred or paused. Each mark therefore checks again, so that a
reminder never reaches somebody who has answered or opted out meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, select, update

from mailer.ledger.contacts import memberships
from mailer.ledger.storage import tables
from mailer.ledger.storage.json_values import rule_from_json
from mailer.ledger.suppressions import is_in_force
from mailer.model.accreditation import AccreditationState
from mailer.model.delivery import UNSENT, DeliveryStatus
from mailer.model.suppression import EVERYWHERE, SuppressionReason
from mailer.selection import exclusion_reason, is_waived

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.mailing import AudienceRule
    from mailer.model.message import DeliveryId

_delivery, _mailing = tables.delivery.c, tables.mailing.c
_suppression, _accreditation = tables.suppression.c, tables.accreditation.c


def is_still_eligible() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a delivery's address has no suppression in force and no
    accreditation.
    """
    in_force = is_in_force(bindparam("now", type_=tables.Instant))
    campaign = (
        select(_mailing.campaign)
        .where(_mailing.id == _delivery.mailing_id)
        .correlate(tables.delivery)
        .scalar_subquery()
    )
    return (
        ~exists().where(_suppression.address_key == _delivery.address_key, in_force),
        ~exists().where(
            _accreditation.campaign == campaign,
            _accreditation.address_key == _delivery.address_key,
        ),
    )


class _Recheck(NamedTuple):
    """A delivery to recheck: its address has a suppression or an accreditation."""

    id: DeliveryId
    address_key: str
    contact_id: str
    rule: AudienceRule
    state: AccreditationState | None


def recheck_eligibility(
    connection: Connection, asked: Sequence[DeliveryId], now: datetime
) -> list[DeliveryId]:
    """Return the ids among these that may still be sent.

    The other unsent ones become `suppressed`, or `cancelled` with the answer that excludes them.
    """
    candidates = _rows_to_recheck(connection, asked)
    suppressed = _suppressed(connection, candidates, now)
    eligible = []
    for each in candidates:
        if each.id in suppressed:
            _exclude(connection, each.id, DeliveryStatus.SUPPRESSED, "", now)
        elif exclusion_reason(each.rule, each.state):
            why = f"answered since: {each.state}" if each.state else "no longer in the register"
            _exclude(connection, each.id, DeliveryStatus.CANCELLED, why, now)
        else:
            eligible.append(each.id)
    return eligible


def _rows_to_recheck(connection: Connection, asked: Sequence[DeliveryId]) -> list[_Recheck]:
    found = connection.execute(
        select(
            _delivery.id,
            _delivery.address_key,
            _delivery.contact_id,
            _mailing.rule,
            _accreditation.state,
        )
        .join(tables.mailing, _mailing.id == _delivery.mailing_id)
        .outerjoin(
            tables.accreditation,
            and_(
                _accreditation.campaign == _mailing.campaign,
                _accreditation.address_key == _delivery.address_key,
            ),
        )
        .where(_delivery.id.in_(asked), _delivery.status.in_(UNSENT))
        .with_for_update(of=tables.delivery)
    )
    return [
        _Recheck(
            row.id,
            row.address_key,
            row.contact_id,
            rule_from_json(row.rule),
            AccreditationState(row.state) if row.state else None,
        )
        for row in found
    ]


def _suppressed(
    connection: Connection, candidates: Sequence[_Recheck], now: datetime
) -> set[DeliveryId]:
    """Return the ids whose suppressions leave no list to send by.

    A suppression on one list does not exclude a person who is also on another list.
    """
    suppressions: defaultdict[str, list[Any]] = defaultdict(list)
    keys = [each.address_key for each in candidates]
    for row in connection.execute(
        select(_suppression.address_key, _suppression.scope, _suppression.reason).where(
            _suppression.address_key.in_(keys), is_in_force(now)
        )
    ):
        suppressions[row.address_key].append(row)
    lists = memberships(
        connection, {each.contact_id for each in candidates if each.address_key in suppressions}
    )
    suppressed = set()
    for each in candidates:
        scopes = {
            row.scope
            for row in suppressions[each.address_key]
            if not is_waived(SuppressionReason(row.reason), each.rule, each.state)
        }
        sent_by = lists[each.contact_id].intersection(each.rule.to) or {*each.rule.to}
        if EVERYWHERE in scopes or (scopes and sent_by <= scopes):
            suppressed.add(each.id)
    return suppressed


def _exclude(
    connection: Connection, delivery_id: DeliveryId, status: DeliveryStatus, why: str, now: datetime
) -> None:
    connection.execute(
        update(tables.delivery)
        .where(_delivery.id == delivery_id)
        .values(status=status.value, reply=why, changed_at=now)
    )
