"""`python -m tests.kills.files`: killed, and the disk full, at each step of what changes files.

A restore, the adoption of a copy, an export and a migration, each done once more afterwards.
`--stride 4` takes each fourth step. The disk is filled where this machine lets us mount a small one.
"""

import argparse
import shutil
import signal
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from alembic import command

from mailer.excel_csv import excel_csv
from mailer.host.atomic_write import write_atomically
from mailer.ledger import open_ledger
from mailer.ledger.storage import schema
from mailer.ledger.storage.database import Database
from mailer.ledger.upgrading import upgrade
from mailer.model.mailings.mailing import MailingId
from mailer.operations.people.directory import directory_table, export_directory
from mailer.operations.restore import adopt_ledger
from tests.counterparts.builders import ACTOR
from tests.counterparts.version_before import BEFORE
from tests.endurance.disk import small_disk
from tests.kills.restores import (
    LATER,
    PEOPLE,
    Before,
    Restore,
    before,
    deliveries_of,
    fill_disk,
    interrupt,
    send_all,
)

_OLD = b"what was exported before"
_OLD_ROWS = (
    (
        "INSERT INTO mailing (id, campaign, step, rule, due_at, expires_at, local_time, time_zone,"
        " fingerprint, letterhead, default_language, state, note) VALUES ('m', 'meeting', 'm', '{}',"
        " '2017-12-04 12:00:00.000000', '2017-12-05 12:00:00.000000', '', '', '', '{}', 'fr', 'active',"
        " '')"
    ),
    "INSERT INTO chunk (id, mailing_id, number, epoch, recovered) VALUES (1, 'm', 0, 1, 0)",
    *(
        "INSERT INTO delivery (id, mailing_id, chunk_id, place, contact_id, address_key, address,"
        " name, list, language, fields, status, epoch, attempt, reply, peer_id) VALUES"
        f" ('d{place}', 'm', 1, {place}, '', '{place}', 'a@press.example', '', '', 'fr', '{{}}',"
        f" '{status}', 1, 1, '', '')"
        for place, status in enumerate(("accepted", "pending"))
    ),
)
_FILES = {f"ledger.db{suffix}" for suffix in ("", "-wal", "-shm", ".open", ".last")} | {"reached"}


class _Restore(Restore):
    def make(self, folder):
        return before(folder)


class Adopt:
    """The adoption of a copy, which must send nothing before it is adopted."""

    name = "adopt"
    steps = "files and statements"

    def make(self, folder):
        return before(folder, has_home=True)

    def do(self, folder):
        with closing(open_ledger(_url(folder))) as ledger:
            adopt_ledger(nothing_sent_since=False, actor=ACTOR, ledger=ledger, now=LATER)

    def check(self, _made, folder, told):
        with closing(open_ledger(_url(folder))) as ledger:
            is_adopted = ledger.home.elsewhere() is None
            assert not is_adopted or not send_all(ledger), told
        self.do(folder)
        with closing(open_ledger(_url(folder))) as ledger:
            assert ledger.home.elsewhere() is None, told
            assert not send_all(ledger), told
            rows = [each.status.value for each in deliveries_of(ledger, "announcement")]
            assert sorted(rows) == ["accepted"] * 4 + ["uncertain"] * (PEOPLE - 4), told
            rows = [each.status.value for each in deliveries_of(ledger, "reminder")]
            assert rows == ["uncertain"] * PEOPLE, told
            acts = [each.action for each in ledger.journal.entries("ledger")]
            assert acts == ["adopt"], told


class Export:
    """A file that is written anew: the one before it, or the new one, whole."""

    name = "export"
    steps = "files and statements"

    def make(self, folder):
        made = before(folder)
        (folder / "contacts.csv").write_bytes(_OLD)
        return made

    def do(self, folder):
        with closing(open_ledger(_url(folder))) as ledger:
            entries = export_directory("", actor=ACTOR, ledger=ledger, now=LATER)
        rows = (tuple(map(str, row)) for row in directory_table(entries))
        write_atomically(folder / "contacts.csv", excel_csv(rows))

    def check(self, _made, folder, told):
        found = (folder / "contacts.csv").read_bytes()
        self.do(folder)
        content = (folder / "contacts.csv").read_bytes()
        assert content.count(b"@press.example") >= PEOPLE, told
        assert found in {_OLD, content}, told
        assert not list(folder.glob("*.part")), told


class Migrate:
    """The migrations of an older ledger: all or none, and nothing of what it holds is lost."""

    name = "migration"
    steps = "files and statements"

    def make(self, folder):
        folder.mkdir()
        with closing(Database(_url(folder), patience_s=1)) as old, old.writing() as connection:
            config = schema.alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "0005")
            for statement in _OLD_ROWS:
                connection.exec_driver_sql(statement)
            command.upgrade(config, BEFORE)
        return Before(folder, frozenset())

    def do(self, folder):
        upgrade(_url(folder), now=LATER)

    def check(self, _made, folder, told):
        assert _revision(folder) in {BEFORE, schema.HEAD}, told
        self.do(folder)
        assert _revision(folder) == schema.HEAD, told
        with closing(open_ledger(_url(folder))) as ledger:
            rows = [each.status.value for each in ledger.deliveries.of_mailing(MailingId("m"))]
            assert rows == ["accepted", "pending"], told
        assert {each.name for each in folder.iterdir()} <= _FILES, told


ACTS = (_Restore(), Adopt(), Export(), Migrate())


def _url(folder):
    return f"sqlite:///{folder / 'ledger.db'}"


def _revision(folder):
    with closing(sqlite3.connect(folder / "ledger.db")) as file:
        return file.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.kills.files")
    parser.add_argument("--stride", type=int, default=1, help="interrupt each so many-th step")
    parser.add_argument("--act", choices=[each.name for each in ACTS], help="this one alone")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with small_disk(folder / "disk") as disk:
            if not disk.is_real:
                print("no disk is filled: mounting a small one is not allowed here")
            for act in ACTS:
                if asked.act in {None, act.name}:
                    _interrupt(act, folder, disk, every=asked.stride)


def _interrupt(act, folder, disk, *, every):
    begun = time.monotonic()
    made = act.make(folder / act.name)
    killed = interrupt(made, folder / "killed", act=act, with_signal=signal.SIGKILL, every=every)
    told = f"{act.name}: {killed} steps, killed at each"
    if disk.is_real:
        filled = interrupt(made, disk.folder / "filled", act=act, fill=fill_disk, every=every)
        told += f"; {filled} steps, the disk full at each"
        shutil.rmtree(disk.folder / "filled")
    if every > 1:
        told = told.replace("at each", f"at each of every {every}")
    print(f"{told}; {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
