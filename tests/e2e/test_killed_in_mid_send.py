"""A sender killed with SIGKILL, again and again: nobody twice, nobody forgotten."""

import random
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

from mailer.model.delivery import DeliveryStatus
from mailer.model.mailing import MailingState
from tests.counterparts.builders import started
from tests.counterparts.scripted_smtp import ScriptedServer

CONNECTIONS = 4
KILLS = 4
PHASES = ("MAIL", "RCPT", "DATA", "content", "dot")


class Killing(ScriptedServer):
    """Takes every message; kills the sender when a phase has passed so many times."""

    sender = None
    plan = None  # (phase, how many times still)

    def action_at(self, phase, words):
        with self._lock:
            if self.plan is not None and phase == self.plan[0]:
                self.plan = (phase, self.plan[1] - 1)
                if self.plan[1] == 0:
                    self.plan = None
                    self.sender.send_signal(signal.SIGKILL)
        return super().action_at(phase, words)

    def run_sender(self, url, depth):
        command = [sys.executable, "-m", "tests.counterparts.sender"]
        self.sender = subprocess.Popen(
            [*command, url, str(self.port), str(CONNECTIONS), str(depth)]
        )
        try:
            return self.sender.wait(60)
        finally:
            self.sender.kill()
            self.sender.wait()


def settle_accounts(ledger, mailing, server, *, doubts):
    """The promise: each received once at most, and the ledger knows which ones."""
    deliveries = list(ledger.deliveries(mailing.id))
    received = server.received
    named = [each for each in deliveries if each.status is DeliveryStatus.UNCERTAIN]
    accepted = [each for each in deliveries if each.status is DeliveryStatus.ACCEPTED]

    assert set(received.values()) == {1}
    assert len(accepted) + len(named) == len(deliveries)
    assert all(received[each.id] for each in accepted)
    assert set(received) <= {each.id for each in deliveries}
    assert len(named) <= doubts
    assert ledger.mailing(mailing.id).state is MailingState.DONE
    return named


def test_killed_at_each_phase_nobody_is_written_to_twice_and_nobody_is_forgotten(
    ledger, ledger_url
):
    depth = 2
    expires_at = datetime.now(UTC) + timedelta(days=1)
    mailing, _ = started(ledger, count=300, expires_at=expires_at)
    seed = random.randrange(10**6)
    chance = random.Random(seed)

    with Killing(extensions=("PIPELINING",)) as server:
        for phase in PHASES:
            server.plan = (phase, chance.randint(5, 50))
            assert server.run_sender(ledger_url, depth) == -signal.SIGKILL, f"seed {seed}"
        assert server.run_sender(ledger_url, depth) == 0

    named = settle_accounts(ledger, mailing, server, doubts=len(PHASES) * CONNECTIONS * depth)
    assert named, "a kill in mid-transaction leaves a doubt"


def test_killed_at_random_instants_nobody_is_written_to_twice_and_nobody_is_forgotten(
    ledger, ledger_url
):
    expires_at = datetime.now(UTC) + timedelta(days=1)
    mailing, _ = started(ledger, count=400, expires_at=expires_at)

    with Killing() as server:
        for _ in range(KILLS):
            # Counted from the first message taken, so that it falls into the sending.
            ended = threading.Event()
            killer = threading.Thread(target=_kill_soon, args=(server, len(server.taken), ended))
            killer.start()
            server.run_sender(ledger_url, 1)
            ended.set()
            killer.join()
        assert server.run_sender(ledger_url, 1) == 0

    settle_accounts(ledger, mailing, server, doubts=KILLS * CONNECTIONS)


def _kill_soon(server, begun, ended):
    while len(server.taken) == begun and not ended.wait(0.002):
        pass
    if not ended.wait(random.uniform(0, 0.1)):
        server.sender.kill()
