"""How long SendGrid asks us to wait, in every spelling; and that a wait costs nobody anything."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import BackendUnavailable
from mailer.ledger import open_ledger
from mailer.operations.sending.deliver import run_chunk
from mailer.providers.sendgrid.responses import retry_after_s
from tests.counterparts.builders import NOON, a_message, started, statuses
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.sendgrid_sending import backend, simulator
from tests.sendgrid_simulator import Fault

NOW_S = NOON.timestamp()


def date(wait_s, form="%a, %d %b %Y %H:%M:%S GMT"):
    return (NOON + timedelta(seconds=wait_s)).strftime(form)


WAITS = [
    ({"Retry-After": "17"}, 17),
    ({"Retry-After": " 17 "}, 17),
    ({"Retry-After": "1.5"}, 1.5),
    ({"Retry-After": date(90)}, 90),
    ({"Retry-After": date(90, "%A, %d-%b-%y %H:%M:%S GMT")}, 90),
    ({"Retry-After": date(90, "%a %b %d %H:%M:%S %Y")}, 90),
    ({"X-RateLimit-Reset": f"{NOW_S + 45:.0f}"}, 45),
    ({"X-RateLimit-Reset": f"{(NOW_S + 45) * 1000:.0f}"}, 45),
    ({"X-RateLimit-Reset": "45"}, 45),
    ({"Retry-After": "10", "X-RateLimit-Reset": f"{NOW_S + 45:.0f}"}, 45),
    ({"Retry-After": "90", "X-RateLimit-Reset": f"{(NOW_S + 45) * 1000:.0f}"}, 90),
    ({"Retry-After": date(200), "X-RateLimit-Reset": f"{NOW_S + 45:.0f}"}, 200),
    ({"Date": date(600), "Retry-After": date(630)}, 30),
    ({"Retry-After": date(-50)}, 1),
    ({"X-RateLimit-Reset": "0"}, 1),
    ({"Retry-After": "86400"}, 3600),
    ({"Retry-After": "soon"}, None),
    ({"Retry-After": "-3"}, None),
    ({"Retry-After": "soon", "X-RateLimit-Reset": f"{NOW_S + 45:.0f}"}, 45),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "wait_s"), WAITS)
def test_a_wait_is_understood_in_every_spelling_and_the_later_one_holds(headers, wait_s):
    assert retry_after_s(headers, now_s=NOW_S) == wait_s


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


def in_seconds(wait_s):
    return {"Retry-After": str(wait_s)}


def as_a_date(wait_s):
    instant = datetime.now(UTC) + timedelta(seconds=wait_s)
    return {"Retry-After": format_datetime(instant, usegmt=True)}


def as_a_reset(wait_s):
    return {"X-RateLimit-Reset": str(int(time.time()) + wait_s)}


def as_a_reset_in_milliseconds(wait_s):
    return {"X-RateLimit-Reset": str(int(time.time() + wait_s) * 1000)}


def as_both(wait_s):
    return as_a_reset(wait_s // 2) | as_a_date(wait_s)


@pytest.mark.parametrize(
    "spelled", [in_seconds, as_a_date, as_a_reset, as_a_reset_in_milliseconds, as_both]
)
def test_a_wait_costs_nobody_a_try_nor_a_minute_beyond_it(ledger, spelled):
    mailing, _ = started(ledger, count=7)
    clock = SimulatedClock(NOON)

    def deliver(sender):
        return run_chunk(
            ledger=ledger,
            backend=sender,
            message_for=lambda mailing, each: a_message(each, mailing=mailing),
            clock=clock,
            worker="w",
        )

    with simulator(Fault(status=429, headers=spelled(120))) as server:
        sender = backend(server)
        with pytest.raises(BackendUnavailable):
            deliver(sender)
        held_s = (ledger.mailings.next_due_at() - NOON).total_seconds()
        clock.wait_until(ledger.mailings.next_due_at())
        deliver(sender)

    assert 90 <= held_s <= 120  # an instant is nearer by the time the answer takes
    assert statuses(ledger, mailing) == ["accepted"] * 7
    assert [each.attempt for each in ledger.deliveries.of_mailing(mailing.id)] == [1] * 7
