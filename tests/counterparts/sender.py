"""A sender, run as a process of its own, to be killed.

Delivers what the ledger has, over several connections, until nothing is left to do.
"""

import sys
from itertools import count

from mailer.clock import WallClock
from mailer.engine.threads import ThreadEngine
from mailer.errors import BackendUnavailable
from mailer.ledger import open_ledger
from mailer.operations.sending.deliver import run_chunk
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import a_message

LEASE_S = 1.0


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
    settings = SmtpSettings("127.0.0.1", int(port), "none", depth=int(depth))
    drain(url, SmtpBackend(settings), int(connections))


def drain(url, backend, connections):
    ledger = open_ledger(url, lease_s=LEASE_S)
    clock = WallClock()
    workers = (f"worker-{number}" for number in count())

    def one_chunk():
        return deliver_chunk(ledger, backend, clock=clock, worker=next(workers))

    ledger.mailings.finish(clock.now())
    while (due_at := ledger.mailings.next_due_at()) is not None:
        clock.wait_until(due_at)
        try:
            ThreadEngine(connections).drain(one_chunk)
        except BackendUnavailable as error:
            print(error, file=sys.stderr)
        ledger.mailings.finish(clock.now())
    ledger.close()
