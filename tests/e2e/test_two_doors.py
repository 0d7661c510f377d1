"""One campaign launched from two doors at the same moment: one mailing for each step."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest

from mailer.model.team.actor import PROGRAM
from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import Role
from mailer.operations.team.sign_in import new_session
from tests.counterparts.hosts import under_way
from tests.counterparts.team import a_person
from tests.counterparts.waiting import wait_for_port, wait_until
from tests.counterparts.webhook import free_port
from tests.e2e.commands import EXAMPLE, PLAIN, a_workspace, answer, mailer
from tests.e2e.test_desk import asked

CLAIRE = a_person("Claire Delmas", Role.SIGNATORY)
PAGE = f"/campagnes/{EXAMPLE}/lancement"

# On SQLite one process writes at a time; two hosts have two doors only on PostgreSQL.
pytestmark = pytest.mark.parametrize("ledger_url", ["postgresql"], indirect=True)


@pytest.fixture
def workspace(tmp_path, ledger, ledger_url):
    """The example in a year to come, on PostgreSQL, signed off."""
    folder = a_workspace(tmp_path / "bureau", lists=False)
    (folder / "config.toml").write_text(
        f'[office]\nname = "Institut"\n[ledger]\nurl = "{ledger_url}"\n', "utf-8"
    )
    facts = folder / "campaigns" / EXAMPLE / "campaign.toml"
    facts.write_text(facts.read_text("utf-8").replace("= 2017-12-", "= 2045-12-"), "utf-8")
    under_way(ledger, count=1)  # a launch before: the ledger has its place
    ledger.team.add([CLAIRE], actor=PROGRAM, at=datetime.now(UTC))
    lists = facts.parent / "lists"
    for file, name in (("journalistes.xlsx", "press"), ("associations.csv", "associations")):
        imported = ("contacts", "import", lists / file, "--list", name, "--by", "claire")
        mailer(*imported, workspace=folder)
    mailer("approve", EXAMPLE, "--by", "claire", workspace=folder)
    return folder


@contextmanager
def desk(workspace, port):
    """A desk as a process, which sends nothing."""
    options = (f"--port={port}", "--no-browser", "--without-service")
    process = subprocess.Popen(
        [sys.executable, "-m", "mailer", "--workspace", str(workspace), "web", *options],
        env={**os.environ, **PLAIN},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port, process)
        yield
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def doors(workspace, ledger):
    """What launches the campaign: by a command, and at the desk. Each returns whether it did."""
    count = answer("plan", EXAMPLE, workspace=workspace)["steps"][0]["recipients"]
    opened = new_session(CLAIRE, method=SignInMethod.PASSWORD, agent="", now=datetime.now(UTC))
    ledger.sign_ins.open_session(opened.session, actor=opened.actor)
    port = free_port()
    address, cookie = f"http://127.0.0.1:{port}{PAGE}", f"desk-{port}={opened.token}"

    def at_the_desk():
        form = {"confirm": count, "fingerprint": shown}
        status, headers, text = asked(address, form, cookie)
        assert status == 303 or "déjà" in text, text
        return status == 303 and "launched" in headers["location"]

    def by_command():
        launched = ("launch", EXAMPLE, "--confirm", count, "--by", "claire")
        done = mailer(*launched, workspace=workspace, expect=None)
        assert done.returncode in {0, 77}, done.stderr
        return done.returncode == 0

    with desk(workspace, port):
        _status, _headers, page = asked(address, cookie=cookie)
        shown = page.partition('name="fingerprint" value="')[2].partition('"')[0]
        yield {"desk": at_the_desk, "command": by_command}


@pytest.mark.parametrize("order", [("desk", "command"), ("command", "desk")], ids="-".join)
def test_two_launches_at_the_same_moment_make_one_mailing(doors, order, ledger, ledger_url):
    with (
        psycopg.connect(ledger_url) as holding,
        psycopg.connect(ledger_url, autocommit=True) as watching,
        ThreadPoolExecutor(2) as together,
    ):
        # Both are let in to the point where they write the mailings; there they are held.
        holding.execute("LOCK TABLE mailing IN EXCLUSIVE MODE")
        launches = []
        for number, door in enumerate(order, start=1):
            launches.append(together.submit(doors[door]))
            wait_until(lambda number=number: waiting(watching) >= number or launches[-1].done())
        assert waiting(watching) == 2
        holding.commit()
        launched = [each.result() for each in launches]

    assert sorted(launched) == [False, True]
    steps = [mailing.step for mailing in ledger.mailings.all(EXAMPLE)]
    assert sorted(steps) == ["announcement", "morning", "practical", "reminder"]
    journal = [entry for entry in ledger.journal.entries(EXAMPLE) if entry.action == "launch"]
    assert len(journal) == len(steps)


def waiting(connection):
    """How many others wait for a lock in this database."""
    query = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    return connection.execute(query).fetchone()[0]
