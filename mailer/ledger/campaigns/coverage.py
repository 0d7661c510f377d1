"""What the press has published about each campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from mailer.ledger.storage.definitions.coverage_tables import coverage
from mailer.ledger.storage.journal import write_entry
from mailer.model.reports.coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mailer.ledger.storage.database import Database
    from mailer.model.team.actor import Actor

_coverage = coverage.c


class SqlCoverage:
    """One row for each article or broadcast."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, noted: Coverage, *, actor: Actor) -> None:
        values = {
            column.name: getattr(noted, column.name)
            for column in coverage.columns
            if column.name != "number"
        }
        with self._database.writing() as connection:
            connection.execute(insert(coverage).values(values))
            write_entry(
                connection,
                at=noted.at,
                actor=actor,
                action="coverage",
                subject=noted.campaign,
                detail=f"{noted.outlet}: {noted.title}",
            )

    def remove(self, campaign: str, number: int, *, actor: Actor, at: datetime) -> bool:
        theirs = (_coverage.campaign == campaign) & (_coverage.number == number)
        with self._database.writing() as connection:
            row = connection.execute(select(coverage).where(theirs)).one_or_none()
            if row is None:
                return False
            connection.execute(delete(coverage).where(theirs))
            write_entry(
                connection,
                at=at,
                actor=actor,
                action="coverage-removed",
                subject=campaign,
                detail=f"{row.outlet}: {row.title}",
            )
        return True

    def of_campaign(self, campaign: str) -> Sequence[Coverage]:
        query = (
            select(coverage)
            .where(_coverage.campaign == campaign)
            .order_by(_coverage.published_on, _coverage.outlet, _coverage.number)
        )
        with self._database.reading() as connection:
            return [_of_row(row) for row in connection.execute(query)]


def _of_row(row: Row[Any]) -> Coverage:
    return Coverage(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
