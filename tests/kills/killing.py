"""Long sends, killed again and again: a counting peer knows what was taken."""

import random
import signal
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from mailer.ledger import open_ledger
from mailer.model.delivery import DeliveryStatus
from mailer.model.mailing import MailingState
from mailer.stand_in import StandIn
from tests.counterparts.builders import started
from tests.e2e import test_killed_in_mid_send as over_smtp
from tests.e2e import test_sendgrid_killed_in_mid_send as over_http

MESSAGES = 2_000
DEPTH = 2
KILLED = -signal.SIGKILL


class OverSmtp:
    """Kills at a phase of the dialogue."""

    points = over_smtp.PHASES
    most = over_smtp.CONNECTIONS * DEPTH

    @contextmanager
    def running(self):
        with over_smtp.Killing(extensions=("PIPELINING",)) as self.server:
            yield self

    def run(self, url, point="", still=0):
        self.server.plan = (point, still) if point else None
        return self.server.run_sender(url, DEPTH)

    @property
    def received(self):
        return self.server.received


class OverHttp:
    """Kills when a request has arrived, or has been taken and not answered."""

    points = ("arrived", "taken")
    most = over_http.CONNECTIONS * DEPTH

    @contextmanager
    def running(self):
        self.service = over_http.Killing()
        with StandIn(self.service) as self.server:
            yield self

    def run(self, url, point="", still=0):
        self.service.point, self.service.still = point, still
        return over_http.run_sender(self.service, url, self.server, DEPTH)

    @property
    def received(self):
        return self.service.received


PEERS = {"smtp": OverSmtp, "sendgrid": OverHttp}


def kill_again_and_again(url, peer, *, kills, seed):
    """Sends 2,000 messages through `kills` SIGKILLs, then to the end; checks the promise after
    each. Returns how many are in doubt, every one of them named in the ledger.
    """
    chance = random.Random(seed)
    ledger = open_ledger(url)
    expires_at = datetime.now(UTC) + timedelta(days=1)
    mailing, _ = started(ledger, count=MESSAGES, expires_at=expires_at)
    doubts = 0
    # No kill waits for more than its share, so that each falls into the sending.
    share = MESSAGES // (kills + 1) // (DEPTH if isinstance(peer, OverHttp) else 1)
    with peer.running():
        for number in range(kills):
            told = f"kill {number + 1} of seed {seed}"
            point, still = chance.choice(peer.points), chance.randint(2, max(share, 2))
            assert peer.run(url, point, still) == KILLED, told
            in_doubt = _in_doubt(ledger, mailing)
            assert len(in_doubt) - doubts <= peer.most, told
            doubts = len(in_doubt)
            _check(ledger, mailing, peer.received, told)
        assert peer.run(url) == 0
    _check(ledger, mailing, peer.received, f"seed {seed}")
    ended = {each.status for each in ledger.deliveries(mailing.id)}
    assert ended <= {DeliveryStatus.ACCEPTED, DeliveryStatus.UNCERTAIN}
    assert ledger.mailing(mailing.id).state is MailingState.DONE
    named = len(_in_doubt(ledger, mailing))
    ledger.close()
    return named


def _in_doubt(ledger, mailing):
    doubtful = {DeliveryStatus.SENDING, DeliveryStatus.UNCERTAIN}
    return [each.id for each in ledger.deliveries(mailing.id) if each.status in doubtful]


def _check(ledger, mailing, received, told):
    """Nobody twice, nobody lost, and whoever is said to have it has it."""
    deliveries = {each.id: each for each in ledger.deliveries(mailing.id)}
    assert len(deliveries) == MESSAGES, told
    assert set(received.values()) <= {1}, told
    assert set(received) <= set(deliveries), told
    for each in deliveries.values():
        if each.status is DeliveryStatus.ACCEPTED:
            assert received[each.id] == 1, f"{each.id}, {told}"
        elif each.status in {DeliveryStatus.PENDING, DeliveryStatus.DEFERRED}:
            assert received[each.id] == 0, f"{each.id}, {told}"
