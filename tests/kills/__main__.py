"""`python -m tests.kills --kills 500`: over both databases and each way to send, in turn.

Beside the kills somebody sets the clock of the senders, and the provider storms: for a while no
request gets a certain answer. `--amended 60` plays as many campaigns that are corrected, moved and called off under kills. At the
end a restore is killed at each of its steps.
"""

import argparse
import random
import signal
import tempfile
import time
from collections import Counter
from itertools import cycle, product
from pathlib import Path

from tests.counterparts.postgres import MISSING, postgres_server
from tests.endurance.clock import MISSING as NO_COMPILER
from tests.kills.amending import amend_and_kill
from tests.kills.databases import ledger_on
from tests.kills.killing import kill_again_and_again
from tests.kills.mishaps import Mishaps, clock_of_the_senders
from tests.kills.peers import PEERS
from tests.kills.restores import before, interrupt

KILLS_PER_SEND = 20


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--amended", type=int, default=12, help="campaigns that are corrected")
    asked = parser.parse_args()
    left, seed, begun, named, sends = asked.kills, asked.seed, time.monotonic(), 0, 0
    beside = Counter()
    with postgres_server() as server, clock_of_the_senders() as clock:
        if clock is None:
            print(NO_COMPILER)
        databases = ["sqlite", "postgresql"] if server else ["sqlite"]
        if not server:
            print(MISSING)
        for database, name in cycle(product(databases, PEERS)):
            if left <= 0:
                break
            with ledger_on(database, server) as url:
                kills = min(KILLS_PER_SEND, left)
                mishaps = Mishaps(clock) if clock else None
                killed, doubts = kill_again_and_again(
                    url, PEERS[name], kills=kills, seed=seed, mishaps=mishaps
                )
            told = f"{database} {name} seed {seed}: {killed} kills"
            if mishaps:
                told += f", {mishaps.storms} storms, {mishaps.jumps} jumps of the clock"
                beside += Counter(storms=mishaps.storms, jumps=mishaps.jumps)
            print(f"{told}, {doubts} in doubt", flush=True)
            left, seed, named, sends = left - killed, seed + 1, named + doubts, sends + 1
        if clock is not None:
            clock.is_right()
        _amend(asked, databases, server)
    with tempfile.TemporaryDirectory() as folder:
        made = before(Path(folder) / "made")
        restores = interrupt(made, Path(folder) / "ledger", with_signal=signal.SIGKILL)
    print(f"restore: killed at each of its {restores} steps", flush=True)
    print(
        f"{asked.kills} kills in {time.monotonic() - begun:.0f} s, {sends} sends, "
        f"{beside['storms']} storms, {beside['jumps']} jumps of the clock: "
        f"nobody lost, nobody twice, {named} in doubt and named"
    )


def _amend(asked, databases, server):
    kinds, found = cycle(product(databases, PEERS)), Counter()
    for seed, (database, name) in zip(
        range(asked.seed, asked.seed + asked.amended), kinds, strict=False
    ):
        with ledger_on(database, server) as url:
            killed, launched = amend_and_kill(url, PEERS[name], seed=seed)
        print(f"amended: {database} {name} seed {seed}: {killed} kills, {launched} amendments")
        found += Counter(kills=killed, amendments=launched)
    print(
        f"{asked.amended} campaigns, {found['amendments']} amendments, {found['kills']} kills in the "
        "acts and the sending: nobody lost, nobody twice, each told once",
        flush=True,
    )


if __name__ == "__main__":
    main()
