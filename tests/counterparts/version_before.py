"""The program as it was before its newest migrations: `python -m tests.counterparts.version_before`.

It knows the migrations up to BEFORE and no later one, so that it makes, opens and refuses ledgers as
the version of that day. What hosts do in a mailing uses no table that came later.
"""

import shutil
import tempfile
from pathlib import Path

from mailer.__main__ import main
from mailer.ledger import upgrading
from mailer.ledger.storage import schema
from mailer.ledger.storage.migrations import __path__ as migrations

BEFORE = "0038"
"""The revision from which migrations only add (`tests/integration/test_upgrading.py`)."""


def run():
    """Be that version for one command."""
    with tempfile.TemporaryDirectory(prefix="mailer-before-") as folder:
        known = Path(shutil.copytree(migrations[0], Path(folder) / "migrations"))
        for file in (known / "versions").glob("v*.py"):
            if file.name[1:5] > BEFORE:
                file.unlink()
        config = schema.alembic_config()
        config.set_main_option("script_location", str(known).replace("%", "%%"))
        for module in (schema, upgrading):
            module.alembic_config, module.HEAD = lambda: config, BEFORE
        main()


if __name__ == "__main__":
    run()
