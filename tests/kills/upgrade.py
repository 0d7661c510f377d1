"""A rolling upgrade in mid-mailing: how long nobody got anything, and nobody lost, nobody twice.

    python -m tests.kills.upgrade [--count 4000] [--hosts 2] [--before FOLDER]

Hosts of the version before send; `mailer migrate` runs beside them; one of them is started again as
it was; then each is ended and replaced by one of this version. FOLDER has the code of a former
version; without it, this code plays it (`tests/counterparts/version_before.py`).
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from mailer.ledger.sql_ledger import SqlLedger
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.schema import HEAD, version_of
from mailer.model.mailings.mailing import MailingState
from tests.counterparts.hosts import THIS_VERSION, Version, host, office, under_way
from tests.counterparts.postgres import MISSING, database_on, postgres_server
from tests.counterparts.scripted_smtp import ScriptedServer
from tests.counterparts.waiting import wait_until

LONGEST_PAUSE_S = 10
PLAYED = Version(module="tests.counterparts.version_before")
_SHARE = 100
"""So many messages are taken after each act before the next one."""


@dataclass(frozen=True)
class Upgraded:
    """What became of the deliveries, from which revision the ledger came, and the longest pause."""

    statuses: Counter
    before: str
    pause_s: float


class _Relay(ScriptedServer):
    """Takes its time until it may hurry, more for the second half, so that the mailing outlasts the
    upgrade; notes when it takes each message.
    """

    def __init__(self, count):
        super().__init__()
        self.may_hurry, self._half, self.at_s = False, count // 2, []

    def action_at(self, phase, words):
        if phase == "dot":
            if not self.may_hurry:
                time.sleep(0.02 if len(self.taken) < self._half else 0.2)
            self.at_s.append(time.monotonic())
        return super().action_at(phase, words)

    def wait_for_more(self, process):
        until = len(self.taken) + _SHARE
        wait_until(lambda: len(self.taken) >= until, process=process)


def upgrade(url, *, count, hosts, before=PLAYED):
    """Upgrade the hosts of a mailing of `count`; raises AssertionError for anybody lost or twice."""
    with tempfile.TemporaryDirectory() as folder, _Relay(count) as relay, ExitStack() as stack:
        workspace = office(Path(folder) / "office", url, port=relay.port)
        subprocess.run(**before.command(workspace, "migrate"), check=True)
        ledger = _not_brought_up_to_date(url)
        old, mailing = _revision(url), under_way(ledger, count=count)
        running = [stack.enter_context(host(workspace, version=before)) for _host in range(hosts)]

        def wait_until_all_work(process):
            """All are in the register, and more has left."""
            wait_until(lambda: len(ledger.processes.all()) == hosts, process=process)
            relay.wait_for_more(process)

        wait_until_all_work(running[0])
        subprocess.run(**THIS_VERSION.command(workspace, "migrate"), check=True)
        for version, places in ((before, [0]), (THIS_VERSION, range(hosts))):
            for place in places:
                running[place].send_signal(signal.SIGTERM)
                told, _none = running[place].communicate()
                assert running[place].returncode == 0, told
                running[place] = stack.enter_context(host(workspace, version=version))
                wait_until_all_work(running[place])
        assert ledger.mailings.get(mailing.id).state is MailingState.ACTIVE, "give it more messages"
        pauses = [after - earlier for earlier, after in pairwise(relay.at_s)]
        relay.may_hurry = True
        for process in running:
            wait_until(
                lambda: ledger.mailings.get(mailing.id).state is MailingState.DONE, process=process
            )
        assert set(relay.received.values()) == {1}
        statuses = Counter(each.status.value for each in ledger.deliveries.of_mailing(mailing.id))
        assert sum(relay.received.values()) == statuses["accepted"]
        ledger.close()
    return Upgraded(statuses, old, max(pauses))


def _not_brought_up_to_date(url):
    return SqlLedger(Database(url, patience_s=10), lease_s=30)


def _revision(url):
    database = Database(url, patience_s=10)
    with database.reading() as connection:
        revision = version_of(connection)
    database.close()
    return revision


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.kills.upgrade")
    parser.add_argument("--count", type=int, default=4_000)
    parser.add_argument("--hosts", type=int, default=2)
    parser.add_argument("--before", type=Path)
    asked = parser.parse_args()
    before = Version(asked.before.resolve()) if asked.before else PLAYED
    with postgres_server() as server:
        if server is None:
            sys.exit(MISSING)
        with database_on(server, name=f"mailer_upgrade_{os.getpid()}") as url:
            done = upgrade(url, count=asked.count, hosts=asked.hosts, before=before)
    found = ", ".join(f"{count} {status}" for status, count in sorted(done.statuses.items()))
    print(
        f"{done.before} to {HEAD}: {found}; nobody lost, nobody twice; the longest pause was"
        f" {done.pause_s:.1f} s"
    )
    if done.pause_s > LONGEST_PAUSE_S:
        sys.exit(f"longer than {LONGEST_PAUSE_S} s")


if __name__ == "__main__":
    main()
