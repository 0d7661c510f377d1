"""One worker on PostgreSQL beside one on SQLite: messages a second, in pairs, one after the other.

    python benchmarks/databases.py [--count 10000] [--size 5000] [--depth 16] [--pairs 5]

Both are the whole of ours, as in `delivery.py`: personalised, marked durably, handed to `smtp-sink`
over eight connections, settled. SQLite flushes each commit (FULL), and so does this PostgreSQL. The
ratio of each pair holds on a busy machine; the load is told. At the end one more round of each, which
is not timed, counts the statements and the transactions that a message costs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import Engine, event

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import delivery
from tests.counterparts.postgres import MISSING, database_on, postgres_server

if TYPE_CHECKING:
    from collections.abc import Callable

TARGET = 0.8


def main() -> None:
    asked = arguments()
    with postgres_server(is_durable=True) as server:
        if server is None:
            sys.exit(MISSING)
        contenders = {"SQLite": on_sqlite, "PostgreSQL": lambda work: on_postgres(server, work)}

        def pace_on(name: str) -> delivery.Pace:
            return contenders[name](lambda url: sent(asked, url))

        ratios = []
        for pair in range(asked.pairs):
            # Whoever is first in one pair is second in the next.
            order = list(contenders)[:: 1 if pair % 2 else -1]
            paces = {name: pace_on(name) for name in order}
            ratios.append(paces["SQLite"].wall_s / paces["PostgreSQL"].wall_s)
            print("; ".join(told(name, paces[name], asked.count) for name in contenders), end="")
            print(f"; {ratios[-1]:.2f} (load {os.getloadavg()[0]:.1f})", flush=True)
        print(f"PostgreSQL ÷ SQLite: median {median(ratios):.2f}, to be at least {TARGET}")
        for name in contenders:
            done = statements_of(lambda name=name: pace_on(name))
            print(
                f"{name}: {done['statements'] / asked.count:.2f} statements and"
                f" {done['commits'] / asked.count:.3f} transactions a message"
            )


def told(name: str, pace: delivery.Pace, count: int) -> str:
    return f"{name} {count / pace.wall_s:6,.0f}/s, {pace.cpu_s / count * 1e6:.0f} µs"


def sent(asked: argparse.Namespace, url: str) -> delivery.Pace:
    with delivery.sink() as port:
        return delivery.ours(asked.count, asked.size, port, depth=asked.depth, url=url)


def on_sqlite(work: Callable[[str], delivery.Pace]) -> delivery.Pace:
    with tempfile.TemporaryDirectory() as folder:
        return work(f"sqlite:///{folder}/ledger.db")


def on_postgres(server: str, work: Callable[[str], delivery.Pace]) -> delivery.Pace:
    with database_on(server, name=f"mailer_databases_{os.getpid()}") as url:
        return work(url)


def statements_of(work: Callable[[], object]) -> Counter[str]:
    """How many statements and commits SQLAlchemy passes on meanwhile, also those of the launch."""
    counted: Counter[str] = Counter()

    def statement(*_context: object) -> None:
        counted["statements"] += 1

    def commit(_connection: object) -> None:
        counted["commits"] += 1

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)
    return counted


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=5_000)
    parser.add_argument("--depth", type=int, default=16)
    parser.add_argument("--pairs", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
