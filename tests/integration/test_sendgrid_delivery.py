"""The whole sending protocol over SendGrid, with a service that fails at random."""

import random
import time
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.ledger import open_ledger
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState
from mailer.operations.feedback.record import record
from mailer.operations.feedback.unreported import queued_without_events
from mailer.operations.sending.deliver import run_chunk
from tests.counterparts.builders import ACTOR, NOON, a_message, an_event, started, statuses
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.sendgrid_sending import backend, simulator
from tests.sendgrid_simulator import Fault

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


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


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


def run(ledger, service_backend, clock, worker="w"):
    return run_chunk(
        ledger=ledger,
        backend=service_backend,
        message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
        clock=clock,
        worker=worker,
    )


def deliver_all(ledger, mailing, service_backend):
    """Sends until nothing is left to do, on a clock that jumps."""
    clock, workers = SimulatedClock(NOON), (f"w{number}" for number in count())
    while (due_at := ledger.mailings.next_due_at()) is not None:
        clock.wait_until(due_at)
        with suppress(BackendUnavailable, BackendMisconfigured):
            while run(ledger, service_backend, clock, next(workers)):
                pass
        if ledger.mailings.get(mailing.id).state is MailingState.PAUSED:
            ledger.mailings.change_state(
                mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="mended", at=clock.now()
            )
        ledger.mailings.finish(clock.now())


@pytest.mark.parametrize(
    ("header", "path", "wait_s"),
    [
        ("X-RateLimit-Reset", "/v3/mail/send", 900),
        ("X-RateLimit-Reset", "/v3/scopes", 900),
        ("Retry-After", "/v3/mail/send", 240),
        ("X-Other", "/v3/mail/send", 60),
    ],
    ids=["its reset", "its reset when asked for leave", "its delay", "no word: a minute"],
)
def test_after_429_the_mailing_is_held_as_long_as_asked_and_then_everybody_is_written_to(
    ledger, header, path, wait_s
):
    # The reset is an instant, in seconds of unix time.
    said = wait_s + int(time.time()) if header == "X-RateLimit-Reset" else wait_s
    fault = Fault(status=429, headers={header: str(said)}, path=path)
    mailing, _ = started(ledger, count=7)
    with simulator(fault) as server:
        sender, clock = backend(server), SimulatedClock(NOON)
        with pytest.raises(BackendUnavailable):
            run(ledger, sender, clock)
        held_until = ledger.mailings.next_due_at()
        waiting = statuses(ledger, mailing)

        clock.wait_until(held_until - timedelta(seconds=1))
        assert not run(ledger, sender, clock)
        assert server.service.requests == 0

        deliver_all(ledger, mailing, sender)
        received = server.service.received

    assert wait_s - 5 < (held_until - NOON).total_seconds() <= wait_s
    assert set(waiting) <= {"pending", "deferred"}
    assert statuses(ledger, mailing) == ["accepted"] * 7
    assert set(received.values()) == {1}
    assert len(received) == 7


def test_whoever_was_taken_and_never_heard_of_again_is_named_and_not_written_to_twice(ledger):
    mailing, deliveries = started(ledger, count=2)
    with simulator() as server:
        deliver_all(ledger, mailing, backend(server))
        processed = an_event(EventKind.ACCEPTED, delivery_id=deliveries[0].id)
        record(processed, ledger=ledger, now=NOON)

        lost = list(queued_without_events(ledger, now=NOON + timedelta(hours=1)))
        deliver_all(ledger, mailing, backend(server))

    assert [delivery.id for delivery in lost] == [deliveries[1].id]
    assert set(server.service.received.values()) == {1}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_fails_each_is_taken_once_at_most_and_the_ledger_knows_which(ledger, seed):
    chance = random.Random(seed)
    faults = [a_fault(chance) for _ in range(chance.randint(1, 6))]
    mailing, deliveries = started(ledger, count=40, expires_at=NOON + timedelta(days=3))
    with simulator(*faults) as server:
        sender = backend(server, batch_size=chance.choice([1, 4, 10]), answer_timeout_s=0.3)
        deliver_all(ledger, mailing, sender)
        received = server.service.received
    ends = {each.id: each.status for each in ledger.deliveries.of_mailing(mailing.id)}

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
        each.id
        for each in ledger.deliveries.of_mailing(mailing.id)
        if each.status is DeliveryStatus.UNCERTAIN
    }
    everybody = {delivery.id for delivery in deliveries}
    assert doubted == everybody - set(received) - of[DeliveryStatus.REJECTED]
