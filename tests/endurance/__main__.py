"""One hour of the whole service in a world that breaks: alive at the end, nobody doubled or lost.

    python -m tests.endurance [--minutes 60] [--people 200] [--seed N]

The product's own processes run on a real workspace, against a relay and a mailbox that answer at
random within and outside their protocols, readers and strangers who write and post, a clock that
jumps, a disk that fills up and SIGKILLs. Then everything is well again, time passes until all has
ended, and the judge compares the ledger with what the relay took and what the readers were told.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.endurance.clock import COMPILER, MISSING
from tests.endurance.judge import Judge, verdict
from tests.endurance.world import world


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.endurance")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--keep", type=Path, help="leave the logs in this folder")
    asked = parser.parse_args()
    if COMPILER is None:
        sys.exit(MISSING)
    print(f"seed {asked.seed}", flush=True)
    until = time.monotonic() + asked.minutes * 60
    with tempfile.TemporaryDirectory(prefix="endurance-") as made:
        folder = asked.keep or Path(made)
        with world(folder, seed=asked.seed) as around:
            judge = Judge(around, people=asked.people)
            try:
                _turns(around, asked.people, until)
                around.clears_up()
                found = judge.judges()
            finally:
                _show_all(around, judge)
    assert found
    print(verdict(around.disk))


def _turns(around, people, until):
    around.begins(people)
    turns = 0
    while time.monotonic() < until:
        around.turn()
        turns += 1
    print(f"{turns} turns; it clears up", flush=True)


def _show_all(around, judge):
    _show("befell it", around.counts)
    _show("came from outside", around.outside.counts)
    _show("the relay", around.relay.moods)
    _show("the mailbox", around.mailbox.lies)
    _show("ended by themselves", around.deaths)
    _show("found", judge.found)
    _show("told, by kind", judge.kinds)
    for key in judge.keys:
        print("notice:", key)
    for fault in around.played:
        print(fault)


def _show(what, counts):
    print(f"{what}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
