"""Hosts killed, frozen and cut off while they share a mailing: nobody twice, nobody forgotten.

    python -m tests.kills.hosts [--kills 20] [--count 10000] [--hosts 3] [--seed N] [--minutes M]

Each blow takes a host at random: SIGKILL and a new one, SIGSTOP beyond its lease, or the database
ends every line of every host. A host that is frozen wakes by itself, while the blows go on: one of
the others is always awake. The relay is slow for whoever is ahead of the next blow, so that all of them
fall into the mailing. At the end the sum must be the audience, and at most what was on its way at each
blow may be uncertain.

With `--minutes` no blow begins after so many, and the mailing goes on to its end: five hundred blows over
100,000 people take hours on a busy machine.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from threading import Timer

import psycopg

from mailer.ledger import open_ledger
from mailer.model.mailings.mailing import MailingState
from tests.counterparts.builders import ACTOR, NOON
from tests.counterparts.hosts import host, office, under_way
from tests.counterparts.postgres import MISSING, database_on, postgres_server
from tests.counterparts.scripted_smtp import ScriptedServer

WORKERS = 2
LEASE_S = 30


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.kills.hosts")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--minutes", type=float, default=float("inf"))
    asked = parser.parse_args()
    with postgres_server() as server:
        if server is None:
            sys.exit(MISSING)
        with database_on(server, name=f"mailer_kills_{os.getpid()}") as url:
            found, blows = struck(url, asked)
    told = ", ".join(f"{count} {status}" for status, count in sorted(found.items()))
    struck_in_it = f"{blows.total()} of {asked.kills} blows fell into it"
    print(f"seed {asked.seed}: {dict(blows)}; {struck_in_it}; {told}; nobody lost, nobody twice")


class _Relay(ScriptedServer):
    """Takes `ahead` messages at once, and each one more in two seconds: much less than a lease."""

    ahead = 0

    def action_at(self, phase, words):
        if phase == "dot" and len(self.taken) >= self.ahead:
            time.sleep(2)
        return super().action_at(phase, words)


def struck(url, asked):
    """Send through all blows to the end; returns the deliveries by status, and the blows."""
    chance, blows, ends_at = (
        random.Random(asked.seed),
        Counter(),
        time.monotonic() + asked.minutes * 60,
    )
    ledger = open_ledger(url)
    mailing = under_way(ledger, count=asked.count)
    with tempfile.TemporaryDirectory() as folder, _Relay() as relay, ExitStack() as stack:
        workspace = office(Path(folder) / "office", url, port=relay.port, workers=WORKERS)
        hosts = _Hosts(workspace, stack, count=asked.hosts)
        step = asked.count // (asked.kills + 1)
        for blow in range(1, asked.kills + 1):
            relay.ahead = blow * step
            if not _is_under_way_at(ledger, mailing, relay, blow * step):
                break
            if time.monotonic() > ends_at:
                break
            kind = chance.choice(["kill", "freeze", "cut"])
            blows[kind] += 1
            if kind == "kill":
                hosts.kill(chance)
            elif kind == "freeze":
                hosts.freeze(chance)
            else:
                _cut_every_line(url)
            if blow % 50 == 0:
                print(f"{blow} blows, {len(relay.taken)} messages taken", flush=True)
        relay.ahead = asked.count
        _is_under_way_at(ledger, mailing, relay, None)
        received = relay.received
    found = Counter()
    for each in ledger.deliveries.of_mailing(mailing.id):
        found[each.status.value] += 1
        assert received[each.id] == 1 or each.status.value == "uncertain", each.id
    assert set(received.values()) <= {1}
    assert found["accepted"] + found["uncertain"] == asked.count
    assert found["uncertain"] <= (blows["kill"] + blows["freeze"] + blows["cut"] * asked.hosts) * (
        WORKERS
    )
    ledger.close()
    return found, blows


class _Hosts:
    """The hosts of one office. Each that is killed has an heir, each that is frozen wakes again."""

    def __init__(self, workspace, stack, *, count):
        self._begin = lambda: stack.enter_context(host(workspace))
        self._processes = [self._begin() for _host in range(count)]
        self._wakes_at = [0.0] * count

    def kill(self, chance):
        """Kill one, awake or frozen, and begin another in its place."""
        struck = chance.randrange(len(self._processes))
        self._processes[struck].kill()
        self._processes[struck], self._wakes_at[struck] = self._begin(), 0.0

    def freeze(self, chance):
        """Freeze one beyond its lease. Waits until another is awake beside it."""
        while len(awake := self._awake()) < 2:
            time.sleep(0.1)
        struck = chance.choice(awake)
        self._processes[struck].send_signal(signal.SIGSTOP)
        self._wakes_at[struck] = time.monotonic() + LEASE_S + 5
        wake = Timer(LEASE_S + 5, self._processes[struck].send_signal, [signal.SIGCONT])
        wake.daemon = True
        wake.start()

    def _awake(self):
        return [i for i, at in enumerate(self._wakes_at) if time.monotonic() > at]


def _is_under_way_at(ledger, mailing, relay, count):
    """Wait until so many are taken; returns False when the mailing was done before. Two blows in a
    row pause a mailing that was trying one person: a person lets it go on.
    """
    while (state := ledger.mailings.get(mailing.id).state) is not MailingState.DONE:
        if count is not None and len(relay.taken) >= count:
            return True
        if state is MailingState.PAUSED:
            ledger.mailings.change_state(
                mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="the blows are ours", at=NOON
            )
        time.sleep(0.1)
    return False


def _cut_every_line(url):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


if __name__ == "__main__":
    main()
