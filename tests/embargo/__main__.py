"""`python -m tests.embargo --requests 1000`: that many on each kind of public address.

Two hosts whose clocks are wrong, on one PostgreSQL, behind nginx as a cache that had asked before.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.counterparts import nginx
from tests.counterparts.postgres import MISSING, postgres_server
from tests.embargo.asking import ask_around
from tests.embargo.hosts import an_embargo
from tests.kills.databases import ledger_on

READERS = 4


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.embargo")
    parser.add_argument("--requests", type=int, default=1000, help="on each kind of address")
    parser.add_argument("--before", type=int, default=20, help="seconds before the hour")
    asked = parser.parse_args()
    with postgres_server() as server:
        if not server or not nginx.is_installed():
            sys.exit(nginx.MISSING if server else MISSING)
        with tempfile.TemporaryDirectory() as folder, ledger_on("postgresql", server) as url:
            found = _around_the_hour(Path(folder), url, asked)
    for kind, count in found.asked.items():
        print(f"{kind}: {count} ({found.before[kind]} before), {found.shown[kind]} shown")
    print(f"{found.asked.total()} requests: {len(found.early)} early, {len(found.late)} late")
    sys.exit(bool(found.early or found.late))


def _around_the_hour(folder, ledger_url, asked):
    with an_embargo(folder / "office", ledger_url, left_s=asked.before) as embargo:
        ports = [each.port for each in embargo.hosts]
        with nginx.caching_proxy(folder / "nginx", ports) as url:
            return ask_around(embargo, url, each=asked.requests, readers=READERS)


if __name__ == "__main__":
    main()
