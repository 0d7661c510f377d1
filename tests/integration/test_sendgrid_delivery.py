"""The whole sending protocol over SendGrid, with a service that fails at random."""

import random
from datetime import timedelta
from itertools import count

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.ledger import open_ledger
from mailer.model.delivery import DeliveryStatus
from mailer.model.event import EventKind
from mailer.model.mailing import MailingState
from mailer.operations.deliver import run_chunk
from mailer.operations.record import record
from mailer.stand_in import Fault
from tests.counterparts.builders import NOON, a_message, an_event, started
from tests.counterparts.sendgrid_sending import backend, stand_in

HAPPENINGS = (
    Fault(status=429, headers={"Retry-After": "20"}),
    Fault(status=500),
    Fault(status=503, body="<html></html>"),
    Fault(status=400, body='{"errors": [{"message": "Bad Request", "field": null}]}'),
    Fault(status=413, body=""),
    Fault("drop"),
    Fault("take-and-drop"),
    Fault("truncate"),
    Fault("take-and-hang"),
    Fault("drop", path="/v3/scopes"),
    Fault(status=503, path="/v3/scopes"),
)

ENDS = ("accepted", "uncertain", "rejected")


def a_fault(chance):
    like = chance.choice(HAPPENINGS)
    return Fault(
        like.happening,
        like.status,
        like.body,
        like.headers,
        like.path,
        after=chance.randint(0, 12),
    )


def deliver_all(ledger, mailing, service_backend):
    """Sends until nothing is left to do, on a clock that jumps."""
    clock, workers = SimulatedClock(NOON), (f"w{number}" for number in count())
    while (due_at := ledger.next_due_at()) is not None:
        clock.wait_until(due_at)
        try:
            while run_chunk(
                ledger=ledger,
                backend=service_backend,
                message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
                clock=clock,
                worker=next(workers),
            ):
                pass
        except BackendUnavailable:
            pass
        except BackendMisconfigured:
            assert ledger.mailing(mailing.id).state is MailingState.PAUSED
            ledger.move(mailing.id, to=MailingState.ACTIVE, by="Ada", why="mended", at=clock.now())
        ledger.finish(clock.now())


@pytest.mark.parametrize("seed", range(12))
def test_whatever_fails_each_is_taken_once_at_most_and_the_ledger_knows_which(tmp_path, seed):
    chance = random.Random(seed)
    faults = [a_fault(chance) for _ in range(chance.randint(1, 6))]
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    mailing, deliveries = started(ledger, count=40, expires_at=NOON + timedelta(days=3))
    with stand_in(*faults) as server:
        sender = backend(server, batch_size=chance.choice([1, 4, 10]), answer_timeout_s=0.3)
        deliver_all(ledger, mailing, sender)
        received = server.service.received
    ends = {each.id: each.status for each in ledger.deliveries(mailing.id)}

    of = {status: {id_ for id_, end in ends.items() if end is status} for status in DeliveryStatus}
    assert set(received.values()) <= {1}
    assert of[DeliveryStatus.ACCEPTED] <= set(received) <= set(ends)
    assert of[DeliveryStatus.REJECTED].isdisjoint(received)
    assert len(ends) == sum(len(of[DeliveryStatus(end)]) for end in ENDS)

    # What the service reports by our id settles every doubt about what it took.
    for delivery_id in received:
        told = an_event(EventKind.ACCEPTED, key=delivery_id, delivery_id=delivery_id)
        record(told, ledger=ledger, now=NOON)
    doubted = {
        each.id for each in ledger.deliveries(mailing.id) if each.status is DeliveryStatus.UNCERTAIN
    }
    ledger.close()
    everybody = {delivery.id for delivery in deliveries}
    assert doubted == everybody - set(received) - of[DeliveryStatus.REJECTED]
