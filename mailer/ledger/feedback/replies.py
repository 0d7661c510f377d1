"""Replies: what people wrote back, sorted, and what a person decided about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.address import Address
from mailer.model.feedback.event import NAMES_DELIVERY, EventKind
from mailer.model.feedback.proposal import Decision
from mailer.model.feedback.reply import FORM_RULE, SHOWN_SORTS, Reply, ReplySort, ReplyTally
from mailer.model.mailings.message import DeliveryId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection, Row, Select

    from mailer.ledger.storage.database import Database
    from mailer.model.feedback.event import DeliveryEvent
    from mailer.model.team.actor import Actor

_reply, _event = tables.proposal.c, tables.event.c
_SORTS = [sort.value for sort in SHOWN_SORTS]
_WAITS = _reply.decision.is_(None) & _reply.reason.in_(_SORTS)
_ACTIONS = {Decision.ACCEPTED: "take-reply", Decision.DISMISSED: "read-reply"}


class SqlReplies:
    """They are rows of the table of proposals, whose scope is the campaign: each is a wish that a
    mail brings, and that a person accepts or dismisses.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self, *, limit: int) -> Sequence[Reply]:
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(_query().limit(limit))]

    def waiting_forms(self) -> Sequence[Reply]:
        of_ours = _query().where(_event.rule == FORM_RULE, _event.match.in_(NAMES_DELIVERY))
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(of_ours)]

    def find(self, key_prefix: str) -> Sequence[Reply]:
        named = _query().where(_event.key.startswith(key_prefix, autoescape=True))
        with self._database.reading() as connection:
            return [_from_row(row) for row in connection.execute(named)]

    def tally(self) -> ReplyTally:
        query = select(_reply.reason, func.count()).where(_WAITS).group_by(_reply.reason)
        with self._database.reading() as connection:
            counts = {ReplySort(reason): count for reason, count in connection.execute(query)}
        return ReplyTally(tuple((sort, counts[sort]) for sort in SHOWN_SORTS if sort in counts))

    def decide(
        self, reply: Reply, decision: Decision, *, actor: Actor, why: str, at: datetime
    ) -> bool:
        of_event = select(_event.id).where(_event.key == reply.key).scalar_subquery()
        deciding = (
            update(tables.proposal)
            .where(_WAITS, _reply.event_id == of_event)
            .values(decision=decision.value, decided_at=at)
        )
        with self._database.writing() as connection:
            if not connection.execute(deciding).rowcount:
                return False
            write_entry(
                connection,
                at=at,
                actor=actor,
                action=_ACTIONS[decision],
                subject=str(reply.address),
                detail=": ".join(filter(None, (reply.campaign, reply.sort.value, why))),
            )
        return True


def add_reply(connection: Connection, event: DeliveryEvent, *, event_id: int, at: datetime) -> None:
    """Keep a reply for a person, if the event is one. An opposition is none: it is proposed."""
    if event.kind is not EventKind.REPLIED or event.reason not in _SORTS or event.address is None:
        return
    campaign = (
        select(tables.mailing.c.campaign)
        .join(tables.delivery, tables.delivery.c.mailing_id == tables.mailing.c.id)
        .where(tables.delivery.c.id == event.delivery_id)
    )
    connection.execute(
        insert(tables.proposal).values(
            event_id=event_id,
            scope=connection.scalar(campaign) or "",
            reason=event.reason,
            at=at,
        )
    )


def _query() -> Select[Any]:
    """Select the replies that nobody has decided, the oldest first."""
    return (
        select(
            _event.key,
            _event.address,
            _event.at,
            _event.delivery_id,
            _event.quote,
            _event.rule,
            _reply.scope,
            _reply.reason,
        )
        .join(tables.event, _event.id == _reply.event_id)
        .where(_WAITS, _event.address.is_not(None))
        .order_by(_reply.event_id)
    )


def _from_row(row: Row[Any]) -> Reply:
    return Reply(
        key=row.key,
        address=Address.parse(row.address),
        sort=ReplySort(row.reason),
        at=row.at,
        campaign=row.scope,
        delivery_id=row.delivery_id and DeliveryId(row.delivery_id),
        quote=row.quote,
        is_form=row.rule == FORM_RULE,
    )
