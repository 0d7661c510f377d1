"""Proposals: what mails ask for without proof, and what a person decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from mailer.ledger.persons.suppressions import add_suppression, is_barred
from mailer.ledger.storage.definitions import tables
from mailer.ledger.storage.journal import write_entry
from mailer.model.address import Address
from mailer.model.contacts.suppression import Suppression, SuppressionReason
from mailer.model.feedback.proposal import Decision, Proposal, ProposalTally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor

_proposal, _event = tables.proposal.c, tables.event.c
# The table also holds the replies that wait for a person, with reasons of their own.
_IS_BAR = _proposal.reason.in_([reason.value for reason in SuppressionReason])
_WAITS = _proposal.decision.is_(None) & _IS_BAR
_ACTIONS = {Decision.ACCEPTED: "accept-proposal", Decision.DISMISSED: "dismiss-proposal"}


class SqlProposals:
    """Mails that ask the same of one address are one proposal, decided together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self, *, limit: int) -> Sequence[Proposal]:
        with self._database.reading() as connection:
            return list(_proposals(connection, _groups().limit(limit)))

    def find(self, key_prefix: str) -> Sequence[Proposal]:
        asked = _event.key.startswith(key_prefix, autoescape=True)
        named = (
            select(_event.address_key, _proposal.reason)
            .join_from(tables.proposal, tables.event, _event.id == _proposal.event_id)
            .where(_IS_BAR)
        )
        with self._database.reading() as connection:
            found = {
                (row.address_key, row.reason) for row in connection.execute(named.where(asked))
            }
            return [
                each
                for address_key, reason in sorted(found)
                for each in _proposals(
                    connection,
                    _groups().where(_event.address_key == address_key, _proposal.reason == reason),
                )
            ]

    def tally(self) -> ProposalTally:
        groups = _groups().subquery()
        newest_at = select(func.max(_proposal.at)).where(_WAITS).scalar_subquery()
        query = select(func.count(), newest_at).select_from(groups)
        with self._database.reading() as connection:
            count, at = connection.execute(query).one()
            return ProposalTally(count, at)

    def mail(self, key: str) -> bytes:
        with self._database.reading() as connection:
            return connection.scalar(select(_event.raw).where(_event.key == key)) or b""

    def decide(
        self, proposal: Proposal, decision: Decision, *, actor: Actor, why: str, at: datetime
    ) -> bool:
        same = select(_event.id).where(_event.address_key == proposal.address.key)
        deciding = (
            update(tables.proposal)
            .where(_WAITS, _proposal.reason == proposal.reason, _proposal.event_id.in_(same))
            .values(decision=decision.value, decided_at=at)
            .returning(_proposal.scope)
        )
        with self._database.writing() as connection:
            scopes = sorted(set(connection.scalars(deciding)))
            if not scopes:
                return False
            if decision is Decision.ACCEPTED:
                for scope in scopes:
                    bar = Suppression(
                        proposal.address,
                        proposal.reason,
                        at,
                        scope,
                        evidence=why or proposal.quote,
                        by=actor.name,
                    )
                    add_suppression(connection, bar, actor=actor, at=at)
            write_entry(
                connection,
                at=at,
                actor=actor,
                action=_ACTIONS[decision],
                subject=str(proposal.address),
                detail=f"{proposal.reason}: {why or proposal.quote}",
            )
        return True


def add_proposal(
    connection: Connection, suppression: Suppression, *, event_id: int, at: datetime
) -> None:
    """Add a proposal, unless the address already gets no mail of this scope."""
    if is_barred(connection, suppression):
        return
    connection.execute(
        insert(tables.proposal).values(
            event_id=event_id, scope=suppression.scope, reason=suppression.reason.value, at=at
        )
    )


def _groups() -> Select[Any]:
    """Select the newest event of each waiting proposal, the oldest proposal first."""
    first = func.min(_proposal.at)
    return (
        select(
            _event.address_key,
            _proposal.reason,
            func.max(_proposal.event_id).label("newest"),
            func.count(_proposal.event_id.distinct()).label("mails"),
            first.label("asked_at"),
        )
        .join(tables.event, _event.id == _proposal.event_id)
        .where(_WAITS)
        .group_by(_event.address_key, _proposal.reason)
        .order_by(first, _event.address_key, _proposal.reason)
    )


def _proposals(connection: Connection, groups: Select[Any]) -> Iterator[Proposal]:
    for group in connection.execute(groups).all():
        newest = connection.execute(
            select(_event.key, _event.address, _event.quote).where(_event.id == group.newest)
        ).one()
        scopes = connection.scalars(
            select(_proposal.scope).where(_proposal.event_id == group.newest, _WAITS)
        ).all()
        yield _from_rows(group, newest, scopes)


def _from_rows(group: Row[Any], newest: Row[Any, Any, Any], scopes: Sequence[str]) -> Proposal:
    return Proposal(
        key=newest.key,
        address=Address.parse(newest.address),
        reason=SuppressionReason(group.reason),
        scopes=tuple(sorted(scopes)),
        quote=newest.quote,
        asked_at=group.asked_at,
        mails=group.mails,
    )
