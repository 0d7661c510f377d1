"""The dump of a shared database, once a day: by one host, whole, and without who was erased."""

import os
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from mailer.errors import LedgerError, RuleError
from mailer.ledger import open_ledger
from mailer.ledger.storage.dumps import PostgresDumps
from mailer.operations.dumps import BEGIN_DUMP, DUMP, FAIL_DUMP, dump_if_due
from tests.counterparts.builders import ACTOR, a_contact, started
from tests.counterparts.postgres import database_on

ADA = a_contact("ada@press.example")
MORNING = datetime(2027, 1, 4, 9, tzinfo=UTC)
"""Long after the hour of the dump, which is half past two in Paris."""

pytestmark = pytest.mark.parametrize("ledger_url", ["postgresql"], indirect=True)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "dumps"


@pytest.fixture
def dumps(folder, ledger_url):
    return PostgresDumps(ledger_url, folder)


def look(dumps, ledger, *, at=MORNING, host="h1", stopping=lambda: False):
    return dump_if_due(
        dumps=dumps,
        ledger=ledger,
        hour=time(2, 30),
        zone="Europe/Paris",
        host=host,
        now=at,
        stopping=stopping,
    )


def acts(ledger):
    ours = {BEGIN_DUMP, DUMP, FAIL_DUMP}
    return [line.action for line in ledger.journal.entries("ledger") if line.action in ours]


def names(folder):
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """Puts a script in the place of a tool of PostgreSQL; it finds the true one as $TRUE."""

    bin_folder, path = tmp_path / "bin", os.environ["PATH"]

    def put(name, script):
        bin_folder.mkdir(exist_ok=True)
        true = shutil.which(name, path=path)
        (bin_folder / name).write_text(f"#!/bin/sh\nTRUE={true}\n{script}\n", "utf-8")
        (bin_folder / name).chmod(0o700)
        monkeypatch.setenv("PATH", f"{bin_folder}{os.pathsep}{path}")

    return put


def test_of_hosts_that_look_at_once_one_makes_the_dump_of_the_day(
    folder, dumps, ledger_url, ledger
):
    hosts = [open_ledger(ledger_url) for _host in range(4)]
    together = Barrier(len(hosts))

    def one(number):
        together.wait()
        return look(dumps, hosts[number], host=f"h{number}")

    with ThreadPoolExecutor(len(hosts)) as pool:
        found = list(pool.map(one, range(len(hosts))))
    for each in hosts:
        each.close()

    (name,) = filter(None, found)
    assert names(folder) == [name]
    (line,) = ledger.journal.entries("ledger", action=DUMP)
    assert line.detail == f"{name}, h{found.index(name)}"
    assert ledger.condition.newest_backup_at() == MORNING
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_a_dump_is_due_when_its_hour_has_come_by_the_clocks_of_the_office(dumps, ledger):
    assert look(dumps, ledger)
    assert not look(dumps, ledger, at=MORNING + timedelta(hours=1))
    half_past_two = datetime(2027, 1, 5, 1, 30, tzinfo=UTC)
    assert not look(dumps, ledger, at=half_past_two - timedelta(seconds=1))
    assert look(dumps, ledger, at=half_past_two)


def test_a_dump_that_fails_is_told_at_each_look_and_tried_again_in_an_hour(
    folder, dumps, ledger, tool
):
    tool("pg_dump", "echo 'pg_dump: error: server version mismatch' >&2; exit 1")
    for minutes in (0, 1, 59):
        with pytest.raises(LedgerError, match="server version mismatch"):
            look(dumps, ledger, at=MORNING + timedelta(minutes=minutes), host=f"h{minutes}")
    assert acts(ledger) == [BEGIN_DUMP, FAIL_DUMP]

    tool("pg_dump", 'exec "$TRUE" "$@"')
    assert look(dumps, ledger, at=MORNING + timedelta(hours=1)) in names(folder)
    assert acts(ledger) == [BEGIN_DUMP, FAIL_DUMP, BEGIN_DUMP, DUMP]


def test_a_dump_whose_host_died_is_made_by_another_an_hour_later(dumps, ledger, tool):
    class Killed(BaseException):
        pass

    def die():
        raise Killed

    with pytest.raises(Killed):
        look(dumps, ledger, stopping=die)

    assert not look(dumps, ledger, at=MORNING + timedelta(minutes=59), host="h2")
    assert look(dumps, ledger, at=MORNING + timedelta(hours=1), host="h2")


def test_a_dump_that_is_cut_short_is_no_dump(folder, dumps, ledger, tool):
    for number in range(300):
        ledger.contacts.save([a_contact(f"a{number}@press.example")], actor=ACTOR, at=MORNING)
    tool(
        "pg_dump",
        '"$TRUE" "$@" && for each; do case "$each" in --file=*) file=${each#--file=};; esac; done'
        ' && truncate -s -2000 "$file"',
    )
    with pytest.raises(LedgerError, match="dumped"):
        look(dumps, ledger)

    assert names(folder) == []


def test_a_host_that_stops_ends_its_dump_and_leaves_nothing(folder, dumps, ledger, tool):
    tool("pg_dump", "exec sleep 600")

    assert not look(dumps, ledger, stopping=lambda: True)
    assert names(folder) == []


def test_a_missing_tool_is_named(folder, dumps, ledger, monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(LedgerError, match="pg_dump is missing"):
        look(dumps, ledger)


def test_the_password_stands_in_no_command(folder, ledger, tool, tmp_path):
    tool("pg_dump", f'echo "$PGPASSWORD $@" > {tmp_path}/told; exit 1')
    dumps = PostgresDumps("postgresql://press:s3cret@db.invalid/press", folder)
    with pytest.raises(LedgerError):
        look(dumps, ledger)

    password, _space, command = (tmp_path / "told").read_text("utf-8").partition(" ")
    assert password == "s3cret"
    assert "s3cret" not in command
    assert "postgresql://press@db.invalid/press" in command


def test_no_dump_holds_a_person_who_was_erased(folder, dumps, ledger):
    ledger.contacts.save([ADA], actor=ACTOR, at=MORNING)
    first = look(dumps, ledger)
    ledger.erasure.forget(ADA.address, actor=ACTOR, why="", at=MORNING + timedelta(hours=1))

    second = look(dumps, ledger, at=MORNING + timedelta(hours=1, minutes=1))

    assert names(folder) == [second]
    assert first != second
    assert b"ada@" not in restored_text(folder / second)


def restored_text(dump):
    done = subprocess.run(["pg_restore", "--file=-", dump], check=True, stdout=subprocess.PIPE)
    return done.stdout


def test_a_week_of_dumps_is_kept(folder, dumps, ledger):
    made = [look(dumps, ledger, at=MORNING + timedelta(days=day)) for day in range(9)]

    assert names(folder) == made[2:]


def test_a_dump_that_is_restored_sends_nothing_by_itself(folder, dumps, ledger, postgres_url):
    started(ledger, count=2, expires_at=datetime.now(UTC) + timedelta(days=1))
    dump = Path(folder / look(dumps, ledger))

    with database_on(postgres_url, name=f"mailer_dumped_{os.getpid()}") as url:
        subprocess.run(["pg_restore", f"--dbname={url}", dump], check=True)
        restored = open_ledger(url)
        with pytest.raises(RuleError):
            restored.sending.claim(worker="w", now=datetime.now(UTC))
        assert restored.home.elsewhere() is not None
        restored.close()
