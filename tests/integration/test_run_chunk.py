"""Deliver one chunk: what each outcome leads to. Quick, for the peer is a script."""

import logging
import sqlite3
import threading
from datetime import timedelta

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import BackendUnavailable, LedgerError
from mailer.ledger import open_ledger
from mailer.log_context import LOGGER
from mailer.model.address import Address
from mailer.model.mailings.delivery import Accepted, Concern, Deferred, Rejected, Stage, Uncertain
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.rate_limit import RatePolicy
from mailer.operations.sending.circuit_breaker import CircuitBreaker
from mailer.operations.sending.deliver import run_chunk
from mailer.pacing import retry_in_s
from tests.counterparts.builders import (
    NOON,
    a_delivery,
    a_mailing,
    a_message,
    after,
    an_actor,
    started,
)
from tests.counterparts.builders import statuses as statuses_of
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.scripted_backend import ScriptedBackend

CONTENT = "550 5.7.1 spam"


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"), patience_s=0.2)
    yield ledger
    ledger.close()


@pytest.fixture
def clock():
    return SimulatedClock(NOON)


TOO_MUCH = Deferred(
    "450 slower, please",
    retry_after_s=300,
    is_throttled=True,
    concern=Concern.SENDING_RATE,
)


def delivered(ledger, clock, answer=lambda _number, _message: Accepted("250 ok"), **options):
    """Delivers one chunk to a peer that answers so; the ids it took."""
    backend = ScriptedBackend(
        answer, depth=options.pop("depth", 1), takes=options.pop("takes", None)
    )
    run_chunk(
        ledger=ledger,
        backend=backend,
        message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
        clock=clock,
        worker="w",
        **options,
    )
    return backend.taken


def statuses(ledger, mailing):
    return sorted(statuses_of(ledger, mailing))


def state_of(ledger, mailing):
    return ledger.mailings.get(mailing.id).state


# Giving up


@pytest.mark.parametrize(
    ("left_s", "status"), [(3600, "rejected"), (3600 + 1e-6, "deferred"), (3599, "rejected")]
)
def test_a_try_at_the_very_end_of_the_mailing_comes_too_late(ledger, clock, left_s, status):
    mailing, _ = started(ledger, count=1, expires_at=after(seconds=left_s))

    delivered(ledger, clock, lambda *_: Deferred("451 later", retry_after_s=3600))

    assert statuses(ledger, mailing) == [status]


def test_what_is_given_up_keeps_the_words_of_the_peer(ledger, clock):
    mailing, (delivery,) = started(ledger, count=1, expires_at=after(seconds=60))

    delivered(ledger, clock, lambda *_: Deferred("451 later"))

    assert ledger.deliveries.find(delivery.id).reply.endswith("451 later")
    assert statuses(ledger, mailing) == ["rejected"]


def test_a_second_try_waits_as_long_as_the_second_attempt_asks(ledger, clock):
    _, (delivery,) = started(ledger, count=1)
    delivered(ledger, clock, lambda *_: Deferred("451 later"))
    first_s = retry_in_s(delivery.id, attempt=1)
    assert ledger.mailings.next_due_at() == after(seconds=first_s)
    clock.wait_until(after(seconds=first_s))

    delivered(ledger, clock, lambda *_: Deferred("451 later"))

    second_s = retry_in_s(delivery.id, attempt=2)
    assert ledger.mailings.next_due_at() == after(seconds=first_s) + timedelta(seconds=second_s)


def test_many_that_are_given_up_at_once_pause_the_mailing(ledger, clock):
    # The circuit breaker hears what is recorded, not what the peer said.
    mailing, _ = started(ledger, count=15, expires_at=after(minutes=1))

    taken = delivered(ledger, clock, lambda *_: Deferred("451 later"))

    assert len(taken) == 10
    assert state_of(ledger, mailing) is MailingState.PAUSED


# The circuit breaker


@pytest.mark.parametrize(
    ("refused", "of", "stops"),
    [
        (9, 9, False),  # nine say nothing about a list
        (10, 33, True),  # more than three in ten
        (12, 40, False),  # exactly three in ten
    ],
)
def test_the_circuit_breaker_opens_when_more_than_three_in_ten_are_refused(refused, of, stops):
    breaker = CircuitBreaker()
    outcomes = [Accepted("250 ok")] * (of - refused) + [
        Rejected("550 5.1.1 no such user", Stage.RECIPIENT)
    ] * refused

    said = [breaker.record(outcome) for outcome in outcomes]

    assert not any(said[:-1])
    assert bool(said[-1]) is stops


def test_contents_refused_in_a_row_are_counted_from_the_last_that_was_accepted(ledger, clock):
    mailing, _ = started(ledger, count=9)
    outcomes = [
        Rejected(CONTENT, Stage.CONTENT),
        Rejected(CONTENT, Stage.CONTENT),
        Accepted("250 ok"),
    ] * 2
    outcomes += [
        Rejected(CONTENT, Stage.CONTENT),
        Uncertain("timed out"),
        Rejected("550 5.1.1 no such user", Stage.RECIPIENT),
    ]

    delivered(ledger, clock, lambda number, _: outcomes[number])

    assert state_of(ledger, mailing) is MailingState.ACTIVE


def test_three_contents_refused_in_a_row_pause_the_mailing_with_the_peer_s_words(ledger, clock):
    mailing, _ = started(ledger, count=9)

    taken = delivered(ledger, clock, lambda *_: Rejected(CONTENT, Stage.CONTENT))

    assert len(taken) == 3
    assert state_of(ledger, mailing) is MailingState.PAUSED
    assert any(CONTENT in str(line) for line in ledger.journal.entries())
    assert statuses(ledger, mailing).count("pending") == 6


def test_three_messages_in_a_row_that_nobody_could_get_pause_the_mailing_and_blame_nobody(
    ledger, clock
):
    mailing, _ = started(ledger, count=9)

    taken = delivered(ledger, clock, lambda *_: Deferred("552 too large", concern=Concern.CONTENT))

    assert len(taken) == 3
    assert state_of(ledger, mailing) is MailingState.PAUSED
    assert any("552 too large" in str(line) for line in ledger.journal.entries())
    assert statuses(ledger, mailing).count("rejected") == 0


def test_what_is_marked_when_the_circuit_breaker_opens_is_not_handed_over(ledger, clock):
    mailing, _ = started(ledger, count=9)

    taken = delivered(ledger, clock, lambda *_: Rejected(CONTENT, Stage.CONTENT), depth=5, takes=1)

    assert len(taken) == 3
    assert statuses(ledger, mailing).count("uncertain") == 0
    ledger.mailings.change_state(
        mailing.id, to=MailingState.ACTIVE, actor=an_actor("Ada"), why="", at=NOON
    )
    assert len(delivered(ledger, clock)) == 6


# A ledger that cannot be written


def test_a_ledger_that_refuses_a_slow_down_ends_the_sending_and_is_not_passed_over(
    ledger, clock, tmp_path
):
    mailing, _ = started(ledger, count=4)
    somebody_else = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)

    def answer(number, _message):
        if number == 0:
            somebody_else.execute("BEGIN IMMEDIATE")
            return TOO_MUCH
        somebody_else.execute("ROLLBACK")
        return Accepted("250 ok")

    with pytest.raises(LedgerError):
        delivered(ledger, clock, answer, depth=2)

    assert statuses(ledger, mailing) == ["accepted", "deferred", "pending", "pending"]
    somebody_else.close()


def test_nothing_more_is_handed_over_once_the_ledger_has_failed(ledger, clock, tmp_path):
    started(ledger, count=4)
    somebody_else = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    asked = []

    def answer(number, _message):
        asked.append(number)
        if number == 0:
            somebody_else.execute("BEGIN IMMEDIATE")
        return TOO_MUCH if number == 0 else Deferred("450 greylisted")

    with pytest.raises(LedgerError):
        delivered(ledger, clock, answer, depth=3, takes=1)

    assert asked == [0]
    somebody_else.close()


# What a connection is given


@pytest.mark.parametrize(("depth", "takes"), [(1, 1), (3, 3), (3, 1)])
def test_as_much_is_marked_at_once_as_the_connection_has_room_for(ledger, clock, depth, takes):
    mailing, _ = started(ledger, count=7)
    seen = []

    def answer(_number, _message):
        seen.append(statuses(ledger, mailing).count("sending"))
        return Accepted("250 ok")

    delivered(ledger, clock, answer, depth=depth, takes=takes)

    assert max(seen) == depth
    assert seen[depth] == depth  # the answers have made room for as many again
    assert statuses(ledger, mailing) == ["accepted"] * 7


def test_the_log_says_how_many_were_claimed(ledger, clock, caplog, monkeypatch):
    monkeypatch.setattr(LOGGER, "propagate", True)
    started(ledger, count=3)

    with caplog.at_level(logging.INFO, logger=LOGGER.name):
        delivered(ledger, clock)

    assert ("claimed", {"deliveries": 3}) in [(each.msg, each.facts) for each in caplog.records]


def test_a_lease_that_is_renewed_while_the_peer_answers_keeps_no_process_alive(ledger, clock):
    started(ledger, count=1)
    renewing = []

    def answer(_number, _message):
        renewing.extend(each for each in threading.enumerate() if each.name == "lease-w")
        return Accepted("250 ok")

    delivered(ledger, clock, answer)

    assert [each.daemon for each in renewing] == [True]


def test_who_is_stopped_before_the_first_message_takes_none(ledger, clock):
    mailing, _ = started(ledger)

    assert delivered(ledger, clock, stopping=lambda: True) == []
    assert statuses(ledger, mailing) == ["pending"] * 3


def test_a_peer_out_of_reach_holds_the_mailing_until_it_has_asked_to_be_tried(ledger, clock):
    started(ledger)

    def answer(_number, _message):
        raise BackendUnavailable(retry_after_s=900)

    with pytest.raises(BackendUnavailable):
        delivered(ledger, clock, answer)

    assert ledger.mailings.next_due_at() == after(seconds=900)


# Rate limits


def test_messages_leave_one_interval_apart(ledger, clock):
    started(ledger, count=4)
    left = []

    def answer(_number, _message):
        left.append(clock.now())
        return Accepted("250 ok")

    delivered(ledger, clock, answer, rate_policy=RatePolicy(per_minute=20))

    assert left == [after(seconds=3 * number) for number in range(4)]


def test_an_interval_of_five_seconds_is_waited_for_and_a_longer_one_frees_the_connection(
    ledger, clock
):
    mailing, _ = started(ledger, count=3)

    assert len(delivered(ledger, clock, rate_policy=RatePolicy(per_minute=12))) == 3

    other, _ = started(ledger, step="reminder", count=3)
    clock.wait_until(after(hours=1))
    taken = delivered(ledger, clock, rate_policy=RatePolicy(per_minute=11))
    assert len(taken) == 1
    assert ledger.mailings.next_due_at() == after(hours=1, seconds=60 / 11)
    assert statuses(ledger, mailing) == ["accepted"] * 3
    assert statuses(ledger, other) == ["accepted", "pending", "pending"]


def test_who_has_to_wait_five_seconds_for_a_mail_provider_is_waited_for(ledger, clock):
    started(ledger, count=2)

    assert len(delivered(ledger, clock, rate_policy=RatePolicy(per_domain_per_minute=12))) == 2
    assert clock.now() == after(seconds=5)


def test_a_provider_that_is_slowed_is_passed_over_and_the_others_go_on(ledger, clock):
    mailing = a_mailing()
    deliveries = [
        a_delivery(number, mailing=mailing, address=Address(f"r{number}", domain))
        for number, domain in enumerate(["slow.example", "slow.example", "quick.example"] * 2)
    ]
    ledger.mailings.launch([mailing], actor=an_actor("Ada"), at=NOON)
    ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)
    domains = {delivery.id: delivery.address.domain for delivery in deliveries}

    for minutes in (3, 2, 1):
        ledger.rate_limits.slow_down("domain:slow.example", now=NOON - timedelta(minutes=minutes))

    taken = delivered(ledger, clock, lambda _, message: Accepted(str(message.delivery_id)))

    assert [domains[each] for each in taken] == ["slow.example", "quick.example", "quick.example"]
    assert sorted(statuses(ledger, mailing)) == ["accepted"] * 3 + ["pending"] * 3
    # Halved three times and a little recovered in between, it takes a message every 6.5 seconds.
    assert after(seconds=6) < ledger.mailings.next_due_at() < after(seconds=7)


def test_a_deferral_that_is_about_the_message_slows_nobody(ledger, clock):
    started(ledger, count=3)

    taken = delivered(ledger, clock, lambda *_: Deferred("452 4.2.2 mailbox full"))

    assert len(taken) == 3
    assert ledger.rate_limits.slowed(now=NOON) == frozenset()


# Addresses that the provider cannot carry, and the brake on uncertainty


def not_carried(_number, _message):
    return Deferred("550 no SMTPUTF8", concern=Concern.ADDRESS_FORM)


def test_when_only_messages_are_left_that_are_not_taken_the_mailing_pauses(ledger, clock):
    mailing, _ = started(ledger, count=3)

    delivered(
        ledger,
        clock,
        lambda number, message: Accepted("250 ok") if number else not_carried(number, message),
    )

    assert statuses(ledger, mailing) == ["accepted", "accepted", "deferred"]
    assert state_of(ledger, mailing) is MailingState.PAUSED


def test_a_message_that_is_not_taken_keeps_nobody_from_a_next_try(ledger, clock):
    mailing, _ = started(ledger, count=3)

    delivered(
        ledger,
        clock,
        lambda number, message: Deferred("451 later") if number else not_carried(number, message),
    )

    assert statuses(ledger, mailing) == ["deferred"] * 3
    assert state_of(ledger, mailing) is MailingState.ACTIVE


def test_a_try_for_which_nobody_was_asked_keeps_the_brake(ledger, clock):
    mailing, _ = started(ledger, count=4)
    delivered(ledger, clock, lambda *_: Uncertain("lost"))
    clock.wait_until(after(minutes=1))
    assert delivered(ledger, clock, stopping=lambda: True) == []

    clock.wait_until(after(minutes=10))
    taken = delivered(ledger, clock, lambda *_: Uncertain("lost"))

    assert len(taken) == 1
    assert state_of(ledger, mailing) is MailingState.PAUSED
