"""A ledger to kill its users on, gone afterwards."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.counterparts.postgres import database_on


@contextmanager
def ledger_on(database, server):
    """Yield the URL of an empty ledger on SQLite or on the PostgreSQL `server`."""
    if database == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'ledger.db'}"
    else:
        with database_on(server, name=f"mailer_kills_{os.getpid()}") as url:
            yield url
