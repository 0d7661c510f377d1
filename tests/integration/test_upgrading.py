"""An upgrade with old hosts alive, on PostgreSQL: looked at, then done while they work."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from mailer.ledger.service.processes import SqlServiceProcesses
from mailer.ledger.storage import migrations
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.schema import HEAD, alembic_config, version_of
from mailer.ledger.upgrading import check_upgrade, upgrade
from mailer.model.service.service_process import ServiceProcess
from mailer.model.service.upgrade import MissingMigration, UpgradeCheck
from tests.counterparts.builders import NOON
from tests.counterparts.postgres import MISSING, database_on

OLD = ScriptDirectory.from_config(alembic_config()).get_revision(HEAD).down_revision
ADDS = {"add_column", "bulk_insert", "create_index", "create_table", "execute", "f"}
FIRST_EXPANDING = 39


@pytest.fixture
def old_url(postgres_url):
    """A ledger of a former version, with a host of that version at work."""
    if postgres_url is None:
        # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
        pytest.skip(MISSING)
    with database_on(postgres_url, name=f"mailer_old_{os.getpid()}") as url:
        database = Database(url, patience_s=5, has_clock=True)
        with database.writing() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, OLD)
        process = ServiceProcess("old:1:x", "old", "1.0", ("send",), NOON, NOON)
        SqlServiceProcesses(database).note(process)
        SqlServiceProcesses(database).note(replace(process, id="old:2:y"))
        database.close()
        yield url


def version_at(url):
    database = Database(url, patience_s=5)
    with database.reading() as connection:
        version = version_of(connection)
    database.close()
    return version


def test_opening_migrates_nothing_while_others_work_and_the_step_of_its_own_does(old_url):
    with pytest.raises(LedgerError, match="other hosts work on it: old"):
        open_ledger(old_url)
    assert version_at(old_url) == OLD

    check = check_upgrade(old_url, now=NOON)
    assert [each.revision for each in check.missing][-1] == HEAD
    assert [each.host for each in check.at_work] == ["old", "old"]
    assert not check.is_blocked
    assert version_at(old_url) == OLD

    upgrade(old_url, now=NOON)
    assert version_at(old_url) == HEAD
    open_ledger(old_url).close()


@pytest.mark.parametrize("breaks", [True, False])
@pytest.mark.parametrize("at_work", [True, False])
def test_only_a_migration_that_breaks_waits_for_hosts_at_work(breaks, at_work):
    missing = (MissingMigration("1", "", breaks=False), MissingMigration("2", "", breaks=breaks))
    processes = (ServiceProcess("old:1:x", "old", "1.0", ("send",), NOON, NOON),) * at_work

    check = UpgradeCheck(missing, 9, None, processes)

    assert check.is_blocked is (breaks and at_work)


def test_migrations_only_add_unless_they_say_that_they_break():
    for file in sorted((Path(migrations.__path__[0]) / "versions").glob("v*.py")):
        text = file.read_text("utf-8")
        if int(file.name[1:5]) >= FIRST_EXPANDING and "breaks = True" not in text:
            used = {
                line.split("op.")[1].split("(")[0] for line in text.splitlines() if "op." in line
            }
            assert used <= ADDS, f"{file.name} changes what older programs use"
