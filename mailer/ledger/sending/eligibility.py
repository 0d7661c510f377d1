"""Who may no longer receive a mailing: suppressed, or answered, since its audience was found.

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
from mailer.selection import objection, yields

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.mailing import AudienceRule
    from mailer.model.message import DeliveryId

_delivery, _mailing = tables.delivery.c, tables.mailing.c
_suppression, _accreditation = tables.suppression.c, tables.accreditation.c


def nothing_changed() -> tuple[ColumnElement[bool], ...]:
    """Return conditions on a delivery: no suppression in force on its address, no accreditation."""
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


class _Case(NamedTuple):
    """A delivery whose address is suppressed or accredited, with what decides about it."""

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
    cases = _cases(connection, asked)
    barred = _barred(connection, cases, now)
    answered = {case.id: case.state for case in cases if objection(case.rule, case.state)}
    for case in cases:
        if case.id in barred:
            _close(connection, case.id, DeliveryStatus.SUPPRESSED, "", now)
        elif case.id in answered:
            said = f"answered since: {case.state}" if case.state else "no longer in the register"
            _close(connection, case.id, DeliveryStatus.CANCELLED, said, now)
    return [case.id for case in cases if case.id not in barred and case.id not in answered]


def _cases(connection: Connection, asked: Sequence[DeliveryId]) -> list[_Case]:
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
        _Case(
            row.id,
            row.address_key,
            row.contact_id,
            rule_from_json(row.rule),
            AccreditationState(row.state) if row.state else None,
        )
        for row in found
    ]


def _barred(connection: Connection, cases: Sequence[_Case], now: datetime) -> set[DeliveryId]:
    """Return the ids with no list left to be reached by: a suppression on one list leaves others."""
    bars: defaultdict[str, list[Any]] = defaultdict(list)
    keys = [case.address_key for case in cases]
    for bar in connection.execute(
        select(_suppression.address_key, _suppression.scope, _suppression.reason).where(
            _suppression.address_key.in_(keys), is_in_force(now)
        )
    ):
        bars[bar.address_key].append(bar)
    lists = memberships(connection, {case.contact_id for case in cases if case.address_key in bars})
    barred = set()
    for case in cases:
        scopes = {
            bar.scope
            for bar in bars[case.address_key]
            if not yields(SuppressionReason(bar.reason), case.rule, case.state)
        }
        ways = lists[case.contact_id].intersection(case.rule.to) or {*case.rule.to}
        if EVERYWHERE in scopes or (scopes and ways <= scopes):
            barred.add(case.id)
    return barred


def _close(
    connection: Connection, delivery_id: DeliveryId, status: DeliveryStatus, why: str, now: datetime
) -> None:
    connection.execute(
        update(tables.delivery)
        .where(_delivery.id == delivery_id)
        .values(status=status.value, reply=why, changed_at=now)
    )
