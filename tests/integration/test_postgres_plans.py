"""How PostgreSQL finds the rows of the statements that run for every group of messages."""

from datetime import UTC, datetime

import pytest

from mailer.ledger.sending import statements
from mailer.ledger.storage.database import Database
from tests.counterparts.builders import started

pytestmark = pytest.mark.parametrize("ledger_url", ["postgresql"], indirect=True)

SOME_THOUSANDS = 4_000
"""Of so many rows PostgreSQL likes to read all, rather than a hundred by their ids."""


@pytest.fixture
def plan_of(ledger, ledger_url):
    """Say which tables are read whole for a group of two accepted messages."""
    started(ledger, count=SOME_THOUSANDS)
    database = Database(ledger_url, patience_s=2)

    def plan(statement, **values):
        with database.writing() as connection:
            connection.exec_driver_sql("ANALYZE")
            form = statement._form(connection.dialect)
            lines = connection.exec_driver_sql(f"EXPLAIN {form.text}", form.bound(values))
            return "\n".join(line for (line,) in lines)

    yield plan
    database.close()


def test_the_outcomes_of_two_messages_are_written_without_reading_all_deliveries(plan_of):
    ids = ["one", "two"]
    accepted = [[each, 1, "250 ok", "taken"] for each in ids]

    plan = plan_of(statements.SETTLE_ACCEPTED, ids=ids, accepted=accepted, now=datetime.now(UTC))

    assert "pk_delivery" in plan
    assert "Seq Scan on delivery" not in plan
