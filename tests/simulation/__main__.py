"""`python -m tests.simulation --seeds 10000 [--from 0] [--jobs 2]`, or one: `--seed 4711`."""

import argparse
import multiprocessing
import sys
import tempfile
import time
import traceback
from collections import Counter
from functools import partial
from pathlib import Path

from tests.simulation.judge import Broken
from tests.simulation.schedule import empty_ledger, memory, play


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=1_000, help="how many schedules")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    parser.add_argument("--seed", type=int, help="this schedule alone")
    parser.add_argument("--jobs", type=int, default=1, help="on how many processors")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    if asked.seed is not None:
        seeds = range(asked.seed, asked.seed + 1)
    failed, counts, begun = [], Counter(), time.monotonic()
    with tempfile.TemporaryDirectory(dir=memory()) as folder, empty_ledger(Path(folder)) as empty:
        for seed, happened in _played(seeds, empty, Path(folder), jobs=asked.jobs):
            if happened is None:
                failed.append(seed)
            counts += happened or {}
    print(f"{len(seeds)} schedules in {time.monotonic() - begun:.0f} s; failed: {failed or 'none'}")
    print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    return bool(failed)


def _played(seeds, empty, folder, *, jobs):
    one = partial(_play, empty=empty, folder=folder)
    if len(seeds) == 1:
        yield from map(one, seeds)
        return
    # New processes now and then: a world leaves half a megabyte behind.
    with multiprocessing.Pool(jobs, maxtasksperchild=50) as pool:
        yield from pool.imap_unordered(one, seeds, chunksize=10)


def _play(seed, *, empty, folder):
    """The seed, and what happened; None when a promise was broken."""
    try:
        return seed, play(seed, empty, folder)
    except (Exception, Broken):  # noqa: BLE001 — the outermost loop: the seed is told, the others go on
        told = f"seed {seed}: python -m tests.simulation --seed {seed}\n{traceback.format_exc()}"
        print(told, file=sys.stderr, flush=True)
        return seed, None


if __name__ == "__main__":
    sys.exit(main())
