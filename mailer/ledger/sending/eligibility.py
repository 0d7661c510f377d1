"""Recheck of eligibility: whom a suppression or an accreditation excludes since the start.

What is known of a person counts under each of their addresses. A delivery can wait for hours, deferred or paused. Each mark therefore checks again, so that a
reminder never reaches somebody who has answered or opted out meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, or_, select, update

from mailer.ledger.persons.contact_rows import memberships
from mailer.ledger.persons.persons import people_with
from mailer.ledger.persons.suppressions import is_in_force
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.definitions.metadata import Instant
from mailer.ledger.storage.json_values import rule_from_json
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.contacts.contact import ERASED
from mailer.model.contacts.suppression import EVERYWHERE, OF_THE_PERSON, SuppressionReason
from mailer.model.mailings.delivery import NOT_DELIVERED, UNSENT, DeliveryStatus
from mailer.selection import exclusion_reason, is_waived

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.model.contacts.contact import Contact
    from mailer.model.mailings.mailing import AudienceRule, MailingId
    from mailer.model.mailings.message import DeliveryId
    from mailer.selection import People

_delivery, _mailing = tables.delivery.c, tables.mailing.c
_suppression, _accreditation = tables.suppression.c, tables.accreditation.c


def is_still_eligible() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that nothing is known which could exclude a delivery's person.

    They are plain: what fulfils them may be sent, and the rest is rechecked one by one. Most
    contacts have one address, so that the lookups of further addresses find nothing.
    """
    in_force = is_in_force(bindparam("now", type_=Instant))
    campaign = (
        select(_mailing.campaign)
        .where(_mailing.id == _delivery.mailing_id)
        .correlate(tables.delivery)
        .scalar_subquery()
    )
    further, other = tables.further_address.c, tables.further_address.alias().c
    return (
        _delivery.contact_id != ERASED,
        # What an answer triggered depends on the answer that the person has now.
        _delivery.answer == 0,
        ~exists().where(_suppression.address_key == _delivery.address_key, in_force),
        ~exists().where(
            _accreditation.campaign == campaign,
            _accreditation.address_key == _delivery.address_key,
        ),
        ~exists().where(further.address_key == _delivery.address_key),
        ~exists().where(
            further.contact_id == _delivery.contact_id,
            or_(
                exists().where(_suppression.address_key == further.address_key, in_force),
                exists().where(
                    _accreditation.campaign == campaign,
                    _accreditation.address_key == further.address_key,
                ),
                exists().where(tables.contact.c.address_key == further.address_key),
                exists().where(
                    other.address_key == further.address_key,
                    other.contact_id != further.contact_id,
                ),
            ),
        ),
    )


class _Recheck(NamedTuple):
    """A delivery to recheck, and every address key of its person."""

    id: DeliveryId
    mailing_id: MailingId
    place: int
    address_key: str
    contact_id: str
    rule: AudienceRule
    campaign: str
    keys: frozenset[str]
    answer: int


def recheck_eligibility(
    connection: Connection, asked: Sequence[DeliveryId], now: datetime
) -> list[DeliveryId]:
    """Return the ids among these that may still be sent.

    The other unsent ones become `suppressed`, or `cancelled` with the answer that excludes them.
    """
    candidates = _rows_to_recheck(connection, asked)
    answers = _newest_answers(connection, candidates)
    states = {id_: newest.state for id_, newest in answers.items()}
    suppressed = _suppressed(connection, candidates, states, now)
    repeated = _repeated(connection, candidates)
    eligible = []
    for each in candidates:
        newest = answers.get(each.id)
        state = newest.state if newest else None
        if each.id in suppressed or each.contact_id == ERASED:
            _exclude(connection, each.id, DeliveryStatus.SUPPRESSED, "", now)
        elif exclusion_reason(each.rule, state):
            why = f"answered since: {state}" if state else "no longer in the register"
            _exclude(connection, each.id, DeliveryStatus.CANCELLED, why, now)
        elif each.rule.on and newest and newest.number != each.answer:
            _exclude(connection, each.id, DeliveryStatus.CANCELLED, "answered again since", now)
        elif each.id in repeated:
            _exclude(connection, each.id, DeliveryStatus.CANCELLED, "same person", now)
        else:
            eligible.append(each.id)
    return eligible


def _rows_to_recheck(connection: Connection, asked: Sequence[DeliveryId]) -> list[_Recheck]:
    found = connection.execute(
        select(
            _delivery.id,
            _delivery.mailing_id,
            _delivery.place,
            _delivery.address_key,
            _delivery.contact_id,
            _mailing.rule,
            _mailing.campaign,
            _delivery.answer,
        )
        .join(tables.mailing, _mailing.id == _delivery.mailing_id)
        .where(_delivery.id.in_(asked), _delivery.status.in_(UNSENT))
        .with_for_update(of=tables.delivery)
    ).all()
    people = people_with(connection, {row.address_key for row in found})
    return [
        _Recheck(
            row.id,
            row.mailing_id,
            row.place,
            row.address_key,
            row.contact_id,
            rule_from_json(row.rule),
            row.campaign,
            _keys(people, row.address_key, row.contact_id),
            row.answer,
        )
        for row in found
    ]


def _keys(people: People[Contact], address_key: str, contact_id: str) -> frozenset[str]:
    """Return the address keys of the person of a delivery."""
    for person in people.by_key(address_key):
        if contact_id in {each.contact.id for each in person.contacts}:
            return person.keys | {address_key}
    return frozenset({address_key})


class _NewestAnswer(NamedTuple):
    """The newest answer of a person: the state, and its number among their answers."""

    state: AccreditationState
    number: int


def _newest_answers(
    connection: Connection, candidates: Sequence[_Recheck]
) -> dict[DeliveryId, _NewestAnswer]:
    """Return each person's newest answer under any of their addresses, by delivery id."""
    found = connection.execute(
        select(
            _accreditation.campaign,
            _accreditation.address_key,
            _accreditation.state,
            _accreditation.answer,
        )
        .where(
            _accreditation.campaign.in_({each.campaign for each in candidates}),
            _accreditation.address_key.in_({key for each in candidates for key in each.keys}),
        )
        .order_by(_accreditation.at, _accreditation.address_key)
    ).all()
    return {
        each.id: _NewestAnswer(AccreditationState(row.state), row.answer)
        for each in candidates
        for row in found
        if row.campaign == each.campaign and row.address_key in each.keys
    }


def _suppressed(
    connection: Connection,
    candidates: Sequence[_Recheck],
    states: Mapping[DeliveryId, AccreditationState],
    now: datetime,
) -> set[DeliveryId]:
    """Return the ids whose suppressions leave no list to send by.

    A suppression on one list does not exclude a person who is also on another list.
    """
    suppressions: defaultdict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(
        select(_suppression.address_key, _suppression.scope, _suppression.reason).where(
            _suppression.address_key.in_({key for each in candidates for key in each.keys}),
            is_in_force(now),
        )
    ):
        suppressions[row.address_key].append(row)
    lists = memberships(connection, {each.contact_id for each in candidates})
    suppressed = set()
    for each in candidates:
        scopes = {
            row.scope
            for key in each.keys
            for row in suppressions[key]
            if (key == each.address_key or row.reason in OF_THE_PERSON)
            and not is_waived(SuppressionReason(row.reason), each.rule, states.get(each.id))
        }
        sent_by = lists[each.contact_id].intersection(each.rule.to) or {*each.rule.to}
        if EVERYWHERE in scopes or (scopes and sent_by <= scopes):
            suppressed.add(each.id)
    return suppressed


def _repeated(connection: Connection, candidates: Sequence[_Recheck]) -> set[DeliveryId]:
    """Return the ids of people who have another delivery in the same mailing, which was sent or
    comes before it: two contacts have turned out to be one person since the start.
    """
    several = [each for each in candidates if len(each.keys) > 1]
    rows = connection.execute(
        select(
            _delivery.id,
            _delivery.mailing_id,
            _delivery.address_key,
            _delivery.place,
            _delivery.status,
            _delivery.answer,
        ).where(
            _delivery.mailing_id.in_({each.mailing_id for each in several}),
            _delivery.address_key.in_({key for each in several for key in each.keys}),
            _delivery.status.not_in(NOT_DELIVERED),
        )
    ).all()
    return {
        each.id
        for each in several
        for row in rows
        if row.mailing_id == each.mailing_id
        and row.address_key in each.keys
        and row.answer == each.answer
        and row.id != each.id
        and (row.status not in UNSENT or row.place < each.place)
    }


def _exclude(
    connection: Connection, delivery_id: DeliveryId, status: DeliveryStatus, why: str, now: datetime
) -> None:
    connection.execute(
        update(tables.delivery)
        .where(_delivery.id == delivery_id)
        .values(status=status.value, reply=why, changed_at=now)
    )
