"""Ledgers to test on, one for each database; import the fixtures into a `conftest.py`."""

import os

import pytest

from mailer.ledger import open_ledger
from mailer.ledger.storage import tables
from mailer.ledger.storage.database import Database
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.postgres import MISSING, database_on, postgres_server


@pytest.fixture(scope="session")
def postgres_url():
    """A database of our own, already migrated; None where there is no PostgreSQL."""
    with postgres_server() as server:
        if server is None:
            yield None
            return
        with database_on(server, name=f"mailer_test_{os.getpid()}") as url:
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
    """Delete every row of a PostgreSQL ledger; returns its URL."""
    database = Database(url, patience_s=2)
    names = ", ".join(f'"{name}"' for name in tables.metadata.tables)
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER USER")
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        connection.exec_driver_sql("ALTER TABLE journal ENABLE TRIGGER USER")
    database.close()
    return url
