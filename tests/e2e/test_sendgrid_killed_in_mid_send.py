"""A sender through SendGrid killed with SIGKILL: nobody twice, nobody forgotten.

The stand-in notes each person it takes before it answers, and so knows the truth.
"""

import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from mailer.ledger import open_ledger
from mailer.model.delivery import DeliveryStatus
from mailer.model.mailing import MailingState
from mailer.stand_in import Service, StandIn
from tests.counterparts.builders import started
from tests.counterparts.sendgrid_sending import KEY

CONNECTIONS = 3
KILLS = 4


class Killing(Service):
    """Kills the sender when a request has come to `point` so many times."""

    def __init__(self):
        super().__init__(clock=time.time, key=KEY, remembers=False)
        self.sender, self.point, self.still = None, "", 0

    def reached(self, point):
        with self.lock:
            if point == self.point:
                self.still -= 1
                if self.still == 0:
                    self.sender.send_signal(signal.SIGKILL)

    def fault_for(self, path):
        if path == "/v3/mail/send":
            self.reached("arrived")
        return super().fault_for(path)

    def send(self, body):
        answer = super().send(body)
        self.reached("taken")
        return answer


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'ledger.db'}"


def run_sender(service, url, server, batch_size):
    command = [sys.executable, "-m", "tests.counterparts.sendgrid_sender"]
    service.sender = subprocess.Popen(
        [*command, url, server.url, str(CONNECTIONS), str(batch_size)]
    )
    try:
        return service.sender.wait(60)
    finally:
        service.sender.kill()
        service.sender.wait()


def settle_accounts(url, mailing, service, *, doubts):
    """The promise: each taken once at most, and the ledger knows which ones."""
    ledger = open_ledger(url)
    deliveries = list(ledger.deliveries(mailing.id))
    state = ledger.mailing(mailing.id).state
    ledger.close()
    named = [each for each in deliveries if each.status is DeliveryStatus.UNCERTAIN]
    accepted = [each for each in deliveries if each.status is DeliveryStatus.ACCEPTED]

    assert set(service.received.values()) == {1}
    assert len(accepted) + len(named) == len(deliveries)
    assert all(service.received[each.id] for each in accepted)
    assert set(service.received) <= {each.id for each in deliveries}
    assert len(named) <= doubts
    assert state is MailingState.DONE
    return named


def launched(url, count):
    ledger = open_ledger(url)
    mailing, _ = started(ledger, count=count, expires_at=datetime.now(UTC) + timedelta(days=1))
    ledger.close()
    return mailing


def test_killed_before_and_after_a_request_is_taken_nobody_is_written_to_twice(url):
    batch_size = 5
    mailing = launched(url, 400)
    service = Killing()
    with StandIn(service) as server:
        for point, still in (("arrived", 4), ("taken", 4), ("arrived", 7), ("taken", 9)):
            service.point, service.still = point, still
            assert run_sender(service, url, server, batch_size) == -signal.SIGKILL
        assert run_sender(service, url, server, batch_size) == 0

    named = settle_accounts(url, mailing, service, doubts=4 * CONNECTIONS * batch_size)
    assert named, "a kill with a request on its way leaves a doubt"


@pytest.mark.parametrize("batch_size", [1, 20])
def test_killed_at_random_instants_nobody_is_written_to_twice_and_nobody_is_forgotten(
    url, batch_size
):
    mailing = launched(url, 600)
    service = Killing()
    with StandIn(service) as server:
        for _ in range(KILLS):
            ended = threading.Event()
            killer = threading.Thread(target=_kill_soon, args=(service, service.requests, ended))
            killer.start()
            run_sender(service, url, server, batch_size)
            ended.set()
            killer.join()
        assert run_sender(service, url, server, batch_size) == 0

    settle_accounts(url, mailing, service, doubts=KILLS * CONNECTIONS * batch_size)


def _kill_soon(service, begun, ended):
    while service.requests == begun and not ended.wait(0.002):
        pass
    if not ended.wait(random.uniform(0, 0.1)):
        service.sender.kill()
