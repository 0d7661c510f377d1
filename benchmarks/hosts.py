"""Several hosts that share one mailing: messages a second with 1, 2, 4 and 8 of them.

    python benchmarks/hosts.py [--hosts 1 2 4 8] [--seconds 20] [--ms 20] [--connections 2]

Each host is `mailer run` with a few connections to a relay that is so many milliseconds away, on a
PostgreSQL of its own, without `fsync`; the relay is the one of `distance.py`. Distance, and not the
processor, is the limit: two processors cannot show how eight scale. The mailing is launched when
all hosts are registered; counted is what leaves while every connection has work: until each has a chunk,
and its first small ones are done, more hosts would seem slower than they are.

At the end it says what a million recipients need: the processor time of a message, in a host and in
the database, is measured with a relay that is near, because a host that waits works for nobody; how long
2, 8 and 32 processors take for a million is computed from it, as if they all did nothing else and the
relay were never the limit. What a host does each second beside the sending is in it: on a busy machine,
where few messages share it, the figure is too high by far. Linux only.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import psycopg

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.distance import relay
from mailer.ledger import open_ledger
from mailer.operations.sending.membership import present_processes
from tests.counterparts.hosts import host, office, under_way
from tests.counterparts.postgres import MISSING, database_on, postgres_server

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUND_TRIPS = 2
"""How many a message takes at depth 1, as `distance.py` measures."""
FIRST_OF_EACH = 50
"""So many messages of each connection are not counted: its first chunks are small."""
WARM_S = 10
NEAR_MS = 1.0
CORES = (2, 8, 32)
MILLION = 1_000_000


def main() -> None:
    asked = arguments()
    print(f"{asked.ms} ms of round trip, {asked.connections} connections a host, depth 1")
    with postgres_server() as server:
        if server is None:
            sys.exit(MISSING)
        rates = {}
        for hosts in asked.hosts:
            with database_on(server, name=f"mailer_hosts_{hosts}") as url:
                rates[hosts], _cost = rate_of(url, hosts, asked)
            first = rates[asked.hosts[0]] / asked.hosts[0]
            print(
                f"{hosts} hosts: {rates[hosts]:7,.0f}/s, {rates[hosts] / first:5.2f} × one"
                f" (load {os.getloadavg()[0]:.1f})",
                flush=True,
            )
        near = argparse.Namespace(**vars(asked) | {"ms": NEAR_MS})
        with database_on(server, name="mailer_hosts_near") as url:
            rate, (of_host, of_database) = rate_of(url, 1, near)
    print(
        f"measured, with a near relay and {rate:,.0f}/s: µs of processor a message:"
        f" {of_host * 1e6:,.0f} the host, {of_database * 1e6:,.0f} the database"
    )
    for cores in CORES:
        minutes = MILLION * (of_host + of_database) / cores / 60
        print(f"computed: a million on {cores:2} processors: {minutes:5.1f} minutes")


def rate_of(url: str, hosts: int, asked: argparse.Namespace) -> tuple[float, tuple[float, float]]:
    """Messages a second while every connection has work: the last chunks of a mailing are few.

    With it the seconds of processor time of one message, in the hosts and in the database.
    """
    ours, theirs = multiprocessing.Pipe()
    far = multiprocessing.Process(target=relay, args=(theirs, asked.ms / 1000, b""))
    far.start()
    lines = asked.connections * hosts
    count = int(lines * (asked.seconds + WARM_S) * 1000 / asked.ms / ROUND_TRIPS) + 500 * lines
    ledger = open_ledger(url)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        workspace = office(
            Path(folder) / "office", url, port=ours.recv(), workers=asked.connections
        )
        pids = [running.enter_context(host(workspace)).pid for _host in range(hosts)]
        while len(present_processes(ledger=ledger, now=datetime.now(UTC))) < hosts:
            sleep(0.2)
        mailing = under_way(ledger, count=count)

        def accepted() -> int:
            return ledger.deliveries.tally(mailing.id).by_status.get("accepted", 0)

        while ledger.condition.counts().chunks.get("claimed", 0) < lines:
            sleep(0.2)
        while accepted() < FIRST_OF_EACH * lines:
            sleep(0.2)
        database = [postmaster_of(url)]
        begun_s, before, used_s = monotonic(), accepted(), (cpu_s_of(pids), cpu_s_of(database))
        sleep(asked.seconds)
        count, used_s = (
            accepted() - before,
            (
                cpu_s_of(pids) - used_s[0],
                cpu_s_of(database) - used_s[1],
            ),
        )
        rate = count / (monotonic() - begun_s)
    ledger.close()
    ours.send("end")
    ours.recv()
    far.join()
    return rate, (used_s[0] / count, used_s[1] / count)


def postmaster_of(url: str) -> int:
    """The process of the server of a database, on this machine."""
    with psycopg.connect(url) as connection:
        (backend,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
        return parents()[backend][0]


def cpu_s_of(roots: Sequence[int]) -> float:
    """Processor time of these processes and of everything that they started, ended or not."""
    known = parents()
    family = set(roots)
    while more := {pid for pid, (parent, _s) in known.items() if parent in family} - family:
        family |= more
    return sum(known[pid][1] for pid in family if pid in known)


def parents() -> dict[int, tuple[int, float]]:
    """The parent of every process, and its processor time with that of its ended children."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            fields = file.read_text("utf-8", "replace").rpartition(")")[2].split()
            ticks = sum(map(int, fields[11:15]))
            found[int(file.parent.name)] = int(fields[1]), ticks / os.sysconf("SC_CLK_TCK")
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--hosts", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--ms", type=float, default=20)
    parser.add_argument("--connections", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
