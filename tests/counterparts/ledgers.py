"""Ledgers to test on, one for each database; import the fixtures into a `conftest.py`."""

from itertools import count

import pytest

from mailer.ledger import open_ledger
from tests.counterparts.postgres import MISSING, database_on, postgres_server

_numbers = count()


@pytest.fixture(scope="session")
def migrated_postgres():
    """A server with a database called `ledger`, already migrated; None where there is none."""
    with postgres_server() as server:
        if server is None:
            yield None
            return
        name = f"ledger_{next(_numbers)}"
        with database_on(server, name=name) as url:
            open_ledger(url).close()
            yield server, name


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request, tmp_path):
    """The URL of an empty ledger."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    postgres = request.getfixturevalue("migrated_postgres")
    if postgres is None:
        pytest.skip(MISSING)
    server, template = postgres
    with database_on(server, name=f"test_{next(_numbers)}", template=template) as url:
        yield url


@pytest.fixture
def ledger(ledger_url):
    """An empty ledger."""
    ledger = open_ledger(ledger_url, patience_s=2)
    yield ledger
    ledger.close()
