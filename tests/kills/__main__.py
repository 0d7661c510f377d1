"""`python -m tests.kills --kills 500`: over both databases and both ways to send, in turn."""

import argparse
import os
import random
import tempfile
import time
from itertools import cycle
from pathlib import Path

from tests.counterparts.postgres import MISSING, database_on, postgres_server
from tests.kills.killing import PEERS, kill_again_and_again

KILLS_PER_SEND = 25


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = parser.parse_args()
    left, seed, begun, named, sends = asked.kills, asked.seed, time.monotonic(), 0, 0
    with postgres_server() as server, tempfile.TemporaryDirectory() as folder:
        databases = ["sqlite", "postgresql"] if server else ["sqlite"]
        if not server:
            print(MISSING)
        for database, name in cycle([(each, peer) for each in databases for peer in PEERS]):
            if not left:
                break
            kills = min(KILLS_PER_SEND, left)
            if database == "sqlite":
                url = f"sqlite:///{Path(folder) / f'{sends}.db'}"
                doubts = kill_again_and_again(url, PEERS[name](), kills=kills, seed=seed)
            else:
                with database_on(server, name=f"mailer_kills_{os.getpid()}_{sends}") as url:
                    doubts = kill_again_and_again(url, PEERS[name](), kills=kills, seed=seed)
            print(f"{database} {name} seed {seed}: {kills} kills, {doubts} in doubt", flush=True)
            left, seed, named, sends = left - kills, seed + 1, named + doubts, sends + 1
    print(
        f"{asked.kills} kills in {time.monotonic() - begun:.0f} s, {sends} sends: "
        f"nobody lost, nobody twice, {named} in doubt and named"
    )


if __name__ == "__main__":
    main()
