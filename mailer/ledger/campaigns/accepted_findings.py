"""The findings of the checks that somebody accepted, in one row each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from mailer.ledger.storage.definitions.finding_tables import accepted_finding as table
from mailer.ledger.storage.journal import write_entry
from mailer.model.drafts.accepted_finding import AcceptedFinding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor


class SqlAcceptedFindings:
    """One row for each accepted finding of a campaign."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, accepted: AcceptedFinding, *, actor: Actor) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(table).where(_is(accepted.campaign, accepted.finding)))
            connection.execute(insert(table).values(asdict(accepted)))
            write_entry(
                connection,
                at=accepted.at,
                actor=actor,
                action="accept-finding",
                subject=accepted.campaign,
                detail=f"{accepted.check} {accepted.finding}: {accepted.why}",
            )

    def withdraw(self, campaign: str, finding: str, *, actor: Actor, at: datetime) -> bool:
        theirs = _is(campaign, finding)
        with self._database.writing() as connection:
            check = connection.scalar(select(table.c.check).where(theirs))
            if check is None:
                return False
            connection.execute(delete(table).where(theirs))
            write_entry(
                connection,
                at=at,
                actor=actor,
                action="withdraw-acceptance",
                subject=campaign,
                detail=f"{check} {finding}",
            )
        return True

    def of_campaign(self, campaign: str) -> Sequence[AcceptedFinding]:
        query = select(table).where(table.c.campaign == campaign).order_by(table.c.at)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings()
            return [AcceptedFinding(**row) for row in rows]


def _is(campaign: str, finding: str) -> ColumnElement[bool]:
    return (table.c.campaign == campaign) & (table.c.finding == finding)
