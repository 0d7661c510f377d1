"""Several hosts that share one mailing: messages a second with 1, 2, 4 and 8 of them.

    python benchmarks/hosts.py [--hosts 1 2 4 8] [--seconds 20] [--ms 20] [--connections 2]

Each host is `mailer run` with a few connections to a relay that is so many milliseconds away, on a
PostgreSQL of its own, without `fsync`; the relay is the one of `distance.py`. Distance, and not the
processor, is the limit: two processors cannot show how eight scale. The mailing is launched when
all hosts are registered; counted is what leaves while every host has work.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.distance import relay
from mailer.ledger import open_ledger
from mailer.operations.sending.membership import present_processes
from tests.counterparts.hosts import host, office, under_way
from tests.counterparts.postgres import MISSING, database_on, postgres_server

ROUND_TRIPS = 2
"""How many a message takes at depth 1, as `distance.py` measures."""
FIRST_CHUNKS = 400
"""So many people are in the first chunks, which are small; they are not counted."""
WARM_S = 10


def main() -> None:
    asked = arguments()
    print(f"{asked.ms} ms of round trip, {asked.connections} connections a host, depth 1")
    with postgres_server() as server:
        if server is None:
            sys.exit(MISSING)
        rates = {}
        for hosts in asked.hosts:
            with database_on(server, name=f"mailer_hosts_{hosts}") as url:
                rates[hosts] = rate_of(url, hosts, asked)
            first = rates[asked.hosts[0]] / asked.hosts[0]
            print(
                f"{hosts} hosts: {rates[hosts]:7,.0f}/s, {rates[hosts] / first:5.2f} × one"
                f" (load {os.getloadavg()[0]:.1f})",
                flush=True,
            )


def rate_of(url: str, hosts: int, asked: argparse.Namespace) -> float:
    """Messages a second while every host has work: the last chunks of a mailing are few."""
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
        for _host in range(hosts):
            running.enter_context(host(workspace))
        while len(present_processes(ledger=ledger, now=datetime.now(UTC))) < hosts:
            sleep(0.2)
        mailing = under_way(ledger, count=count)

        def accepted() -> int:
            return ledger.deliveries.tally(mailing.id).by_status.get("accepted", 0)

        while accepted() < FIRST_CHUNKS:
            sleep(0.2)
        begun_s, before = monotonic(), accepted()
        sleep(asked.seconds)
        rate = (accepted() - before) / (monotonic() - begun_s)
    ledger.close()
    ours.send("end")
    ours.recv()
    far.join()
    return rate


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--hosts", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--ms", type=float, default=20)
    parser.add_argument("--connections", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
