"""`python -m tests.simulation --seeds 10000 [--from 0]`, or one: `--seed 4711`."""

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.simulation.schedule import empty_ledger, play


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=1_000, help="how many schedules")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    parser.add_argument("--seed", type=int, help="this schedule alone")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    if asked.seed is not None:
        seeds = range(asked.seed, asked.seed + 1)
    failed, counts, begun = [], Counter(), time.monotonic()
    with (
        tempfile.TemporaryDirectory(dir=_memory()) as folder,
        empty_ledger(Path(folder)) as empty,
    ):
        for seed in seeds:
            try:
                counts += play(seed, empty, Path(folder))
            except Exception:  # noqa: BLE001 — the outermost loop: the seed is told, the others go on
                failed.append(seed)
                print(f"seed {seed}", file=sys.stderr)
                traceback.print_exc()
    print(f"{len(seeds)} schedules in {time.monotonic() - begun:.0f} s; failed: {failed or 'none'}")
    print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    return bool(failed)


def _memory():
    """A disk in memory where there is one: a hundred thousand commits need no platter."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
