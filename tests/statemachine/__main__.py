"""`python -m tests.statemachine --minutes 60`: new sequences of verbs until the time is up."""

import argparse
import os
import sys
import time
from contextlib import ExitStack

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from mailer.ledger import open_ledger
from tests.counterparts.postgres import MISSING, database_on, postgres_server
from tests.statemachine.machine import Verbs, on_postgres

ROUND = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    database=None,
    derandomize=False,  # hypothesis draws the same sequences in each round where CI is set
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.statemachine")
    parser.add_argument("--minutes", type=float, default=60, help="how long to go on")
    asked = parser.parse_args()
    ends_at_s = time.monotonic() + 60 * asked.minutes
    with ExitStack() as stack:
        machines = [Verbs, *_on_postgres(stack)]
        rounds = 0
        while time.monotonic() < ends_at_s:
            # A sequence that breaks a promise is shrunk, printed and raised.
            run_state_machine_as_test(machines[rounds % len(machines)], settings=ROUND)
            rounds += 1
            print(f"{rounds * ROUND.max_examples} sequences, nothing found", flush=True)
    return 0


def _on_postgres(stack):
    server = stack.enter_context(postgres_server())
    if server is None:
        print(MISSING, file=sys.stderr)
        return
    url = stack.enter_context(database_on(server, name=f"mailer_verbs_{os.getpid()}"))
    open_ledger(url).close()
    yield on_postgres(url)


if __name__ == "__main__":
    sys.exit(main())
