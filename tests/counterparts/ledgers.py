"""Ledgers to test on, one for each database; import the fixtures into a `conftest.py`."""

import os
from itertools import count

import pytest

from mailer.ledger import open_ledger
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions.every_table import metadata
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.postgres import MISSING, database_on

_NUMBERS = count()


@pytest.fixture(scope="session")
def postgres_url(postgres):
    """A database of our own, already migrated; None where there is no PostgreSQL.

    Each folder of tests that imports this has one, all on the same server.
    """
    if postgres is None:
        yield None
        return
    with database_on(postgres, name=f"mailer_test_{os.getpid()}_{next(_NUMBERS)}") as url:
        open_ledger(url).close()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request, tmp_path):
    """The URL of an empty ledger."""
    if request.param == "sqlite":
        return empty_ledger(tmp_path / "ledger.db")
    url = request.getfixturevalue("postgres_url")
    if url is None:
        pytest.skip(MISSING)
    return emptied(url)


@pytest.fixture
def ledger(ledger_url):
    """An empty ledger."""
    ledger = open_ledger(ledger_url, patience_s=10)
    yield ledger
    ledger.close()


def emptied(url):
    """Delete every row of a PostgreSQL ledger; returns its URL.

    To truncate all tables would take longer than most tests do.
    """
    database = Database(url, patience_s=2)
    with database.writing() as connection:
        # Neither the order of the tables matters then, nor the journal's refusal to forget.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for name in _filled(connection):
            connection.exec_driver_sql(f'DELETE FROM "{name}"')
        for name in _used_sequences(connection):
            connection.exec_driver_sql(f'ALTER SEQUENCE "{name}" RESTART')
    database.close()
    return url


def _filled(connection):
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in metadata.tables)
    return connection.exec_driver_sql(" UNION ALL ".join(asked)).scalars().all()


def _used_sequences(connection):
    """The sequences of our tables; those of the engine go on, as its rows stay."""
    asked = "SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL"
    ours = tuple(f"{name}_" for name in metadata.tables)
    return [each for each in connection.exec_driver_sql(asked).scalars() if each.startswith(ours)]
