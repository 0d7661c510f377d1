"""A long mailing at a slow rate leaves their turn to the others that fall due meanwhile."""

from datetime import timedelta

import pytest

from mailer.clock import SimulatedClock
from mailer.engine.threads import ThreadEngine
from mailer.ledger import open_ledger
from mailer.model.mailings.delivery import Accepted
from mailer.model.mailings.rate_limit import RatePolicy
from mailer.operations.sending.serve import run_tick
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_mailing,
    a_message,
    after,
    started,
)
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.scripted_backend import ScriptedBackend

SLOW = RatePolicy(per_minute=12)


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


def sent_at(ledger, *, ticks):
    """Run ticks with one connection; returns when each message left, by mailing."""
    clock, left, mailing_of = SimulatedClock(NOON), [], {}

    def message_for(mailing, delivery):
        mailing_of[delivery.id] = mailing.id
        return a_message(delivery, mailing=mailing)

    def answer(_number, message):
        left.append((mailing_of[message.delivery_id], clock.now()))
        return Accepted("250 ok")

    for _tick in range(ticks):
        run_tick(
            ledger=ledger,
            backend=ScriptedBackend(answer, depth=1),
            engine=ThreadEngine(1),
            clock=clock,
            message_for=message_for,
            worker="w",
            rate_policy=SLOW,
        )
    return left


def test_a_reminder_of_another_campaign_leaves_while_a_long_mailing_is_under_way(ledger):
    ledger.contacts.save(
        [a_contact("lea@press.example", lists=frozenset({"press"}))], actor=ACTOR, at=NOON
    )
    long, _ = started(ledger, count=100)
    reminder = a_mailing("reminder", campaign="fair", due_at=after(seconds=60))
    ledger.mailings.launch([reminder], actor=ACTOR, at=NOON)

    left = sent_at(ledger, ticks=20)

    (reminded_at,) = (at for mailing, at in left if mailing == reminder.id)
    assert after(seconds=60) <= reminded_at <= after(seconds=150)
    assert max(at for mailing, at in left if mailing == long.id) == after(seconds=500)
    assert len(left) == 101


def test_the_service_is_heard_of_while_a_long_mailing_is_under_way(ledger):
    started(ledger, count=100)

    left = sent_at(ledger, ticks=2)

    assert len(left) < 50
    assert left[-1][1] - ledger.heartbeat.last() <= timedelta(minutes=1)
