"""A sender, run as a process of its own, to be killed.

Delivers what the ledger has, over several connections, until nothing is left to do.
"""

import os
import sys
from datetime import timedelta
from itertools import count

from mailer.clock import WallClock
from mailer.engine.threads import ThreadEngine
from mailer.errors import BackendUnavailable
from mailer.ledger import open_ledger
from mailer.operations.sending.deliver import run_chunk
from mailer.operations.sending.serve import run_tick
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import a_message

LEASE_S = 1.0
WAITS = 75
"""Ended because nothing is due for a while, where the clock is not the machine's own: whoever keeps
that clock lets the time pass, and starts the sender again.
"""
_A_WHILE = timedelta(seconds=5)
_SOON = timedelta(seconds=30)


def deliver_chunk(ledger, backend, *, clock, worker="w"):
    """`run_chunk` with the messages of the builders."""
    return run_chunk(
        ledger=ledger,
        backend=backend,
        message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
        clock=clock,
        worker=worker,
    )


def main(url, port, connections, depth):
    drain(url, _smtp(port, depth), int(connections))


def serve_smtp(url, port, connections, depth):
    serve(url, _smtp(port, depth), int(connections))


def _smtp(port, depth):
    return SmtpBackend(SmtpSettings("127.0.0.1", int(port), "none", depth=int(depth)))


def serve(url, backend, connections):
    """The turns of a service, with starts and answers, until nothing is due soon."""
    ledger, clock = open_ledger(url, lease_s=LEASE_S), WallClock()
    while True:
        tick = run_tick(
            ledger=ledger,
            backend=backend,
            engine=ThreadEngine(connections),
            clock=clock,
            message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
            worker="service",
        )
        due_at = ledger.mailings.next_due_at()
        if due_at is not None and due_at - clock.now() < _SOON:
            clock.wait_until(due_at)
        elif not (tick.started or tick.chunks):
            break
    ledger.close()


def drain(url, backend, connections):
    ledger = open_ledger(url, lease_s=LEASE_S)
    clock = WallClock()
    workers = (f"worker-{number}" for number in count())

    def one_chunk():
        return deliver_chunk(ledger, backend, clock=clock, worker=next(workers))

    clock.check(ledger.trusted_time.observe)
    ledger.mailings.finish(clock.now())
    while (due_at := ledger.mailings.next_due_at()) is not None:
        if "ENDURANCE_CLOCK" in os.environ and due_at - clock.now() > _A_WHILE:
            ledger.close()
            sys.exit(WAITS)
        clock.wait_until(due_at)
        try:
            ThreadEngine(connections).drain(one_chunk)
        except BackendUnavailable as error:
            print(error, file=sys.stderr)
        clock.check(ledger.trusted_time.observe)
        ledger.mailings.finish(clock.now())
    ledger.close()
