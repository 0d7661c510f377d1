"""Deliver one chunk: who waits after which answer, and when the mailing pauses instead."""

import sqlite3
from dataclasses import replace

import pytest

from mailer.errors import BackendMisconfigured, LedgerError
from mailer.model.address import Address
from mailer.model.mailings.delivery import Accepted, Concern, Deferred, Uncertain
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.rate_limit import RatePolicy
from mailer.operations.sending.message_source import MessageSource
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_delivery,
    a_mailing,
    a_message,
    after,
    started,
)
from tests.counterparts.waiting import wait_until
from tests.integration.test_run_chunk import (
    clock,
    delivered,
    ledger,
    not_carried,
    state_of,
    statuses,
)

__all__ = ["clock", "ledger"]

LATER = Deferred("451 later")
SLOWER = Deferred("450 slower, please", is_throttled=True)


def due(ledger, *, seconds):
    """Who may be tried at that moment."""
    claim = ledger.sending.claim(worker="looks", now=after(seconds=seconds))
    ledger.sending.release(claim, now=after(seconds=seconds))
    return {delivery.id for delivery in claim.deliveries}


def at_domains(ledger, *domains):
    """A mailing under way to one person at each of these domains."""
    mailing = a_mailing()
    deliveries = [
        a_delivery(number, mailing=mailing, address=Address(f"reader{number}", domain))
        for number, domain in enumerate(domains)
    ]
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)
    return mailing


# Messages that the provider cannot take


def first_not_carried(number, message):
    return not_carried(number, message) if number == 0 else LATER


@pytest.mark.parametrize("concern", [Concern.ADDRESS_FORM, Concern.CONTENT])
def test_a_message_that_is_not_taken_is_set_aside_for_ten_minutes(ledger, clock, concern):
    not_taken = Deferred("550 not here", concern=concern)
    _, (first, second) = started(ledger, count=2)

    delivered(ledger, clock, lambda number, _: LATER if number else not_taken)

    assert due(ledger, seconds=599) == {second.id}
    assert due(ledger, seconds=600) == {first.id, second.id}


def test_a_message_that_is_not_taken_is_set_aside_for_as_long_as_the_provider_asks(ledger, clock):
    asked = Deferred("550 no SMTPUTF8", retry_after_s=700, concern=Concern.ADDRESS_FORM)
    _, (first, second) = started(ledger, count=2)

    delivered(ledger, clock, lambda number, _: LATER if number else asked)

    assert due(ledger, seconds=699) == {second.id}
    assert due(ledger, seconds=700) == {first.id, second.id}


def test_a_message_for_which_the_line_was_to_blame_may_go_at_once(ledger, clock):
    _, (only,) = started(ledger, count=1)

    delivered(ledger, clock, lambda *_: Deferred("421 bye", concern=Concern.CONNECTION))

    assert due(ledger, seconds=0) == {only.id}


def test_a_message_that_alone_is_tried_again_and_not_taken_pauses_the_mailing(ledger, clock):
    mailing, _ = started(ledger, count=2)
    delivered(ledger, clock, first_not_carried)
    clock.wait_until(after(minutes=6))
    delivered(ledger, clock, lambda *_: LATER)
    was_going_on = state_of(ledger, mailing) is MailingState.ACTIVE

    clock.wait_until(after(minutes=10))
    assert len(delivered(ledger, clock, not_carried)) == 1

    assert was_going_on
    assert state_of(ledger, mailing) is MailingState.PAUSED
    assert "550 no SMTPUTF8" in ledger.mailings.get(mailing.id).note


@pytest.mark.parametrize("is_claimed", [False, True])
def test_while_others_have_not_been_tried_a_message_that_is_not_taken_pauses_nothing(
    ledger, clock, is_claimed
):
    mailing, _ = started(ledger, count=40)  # two chunks

    def answer(number, message):
        if number == 0 and is_claimed:
            other = ledger.sending.claim(worker="other", now=NOON)
            ledger.sending.mark(other, [each.id for each in other.deliveries], now=NOON)
        return not_carried(number, message) if number == 0 else Accepted("250 ok")

    delivered(ledger, clock, answer)

    assert state_of(ledger, mailing) is MailingState.ACTIVE


# Outside production


def test_somebody_outside_the_allow_list_pauses_the_mailing_and_nobody_is_tried(ledger, clock):
    mailing, _ = started(ledger, count=3)
    tried = []

    with pytest.raises(BackendMisconfigured, match="1 recipient of 3"):
        delivered(
            ledger,
            clock,
            lambda number, _: tried.append(number),
            allows=lambda address: address.local != "reader1",
        )

    assert tried == []
    assert statuses(ledger, mailing) == ["pending"] * 3
    assert state_of(ledger, mailing) is MailingState.PAUSED
    assert "not on the allow-list" in ledger.mailings.get(mailing.id).note
    ledger.mailings.change_state(mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="", at=NOON)
    assert len(delivered(ledger, clock, allows=lambda _: True)) == 3


# The brake


def test_a_second_doubt_in_a_row_pauses_the_mailing_with_what_was_heard(ledger, clock):
    mailing, _ = started(ledger, count=4)
    delivered(ledger, clock, lambda *_: Uncertain("lost"))
    clock.wait_until(after(minutes=1))

    delivered(ledger, clock, lambda *_: Uncertain("504 no answer"))

    assert state_of(ledger, mailing) is MailingState.PAUSED
    assert "504 no answer" in ledger.mailings.get(mailing.id).note
    heard = {each.reply for each in ledger.deliveries.of_mailing(mailing.id)}
    assert heard == {"lost", "504 no answer", ""}


def test_once_the_person_who_is_tried_has_an_answer_the_others_go_together(ledger, clock):
    started(ledger, count=4)
    delivered(ledger, clock, lambda *_: Uncertain("lost"))
    clock.wait_until(after(minutes=1))

    assert len(delivered(ledger, clock)) == 1
    assert len(delivered(ledger, clock)) == 2


def test_a_doubt_beside_a_ledger_that_failed_is_left_as_by_a_worker_that_died(
    ledger, clock, tmp_path
):
    mailing, _ = started(ledger, count=2)
    somebody_else = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)

    def answer(number, _message):
        if number == 0:
            somebody_else.execute("BEGIN IMMEDIATE")
            return replace(SLOWER, retry_after_s=300, concern=Concern.SENDING_RATE)
        somebody_else.execute("ROLLBACK")
        return Uncertain("lost")

    with pytest.raises(LedgerError):
        delivered(ledger, clock, answer, depth=2)
    somebody_else.close()

    wait_until(lambda: statuses(ledger, mailing) == ["deferred", "sending"])
    assert ledger.sending.claim(worker="heir", now=after(seconds=29)) is None
    assert ledger.sending.claim(worker="heir", now=after(seconds=30)) is None  # not due yet
    assert statuses(ledger, mailing) == ["deferred", "uncertain"]
    assert ledger.sending.claim(worker="heir", now=after(hours=1)).is_probe


# Providers that ask for patience


def test_a_provider_is_slowed_by_three_requests_for_patience_in_a_row_and_not_held(ledger, clock):
    mailing, _ = started(ledger, count=6)

    taken = delivered(ledger, clock, lambda n, _: SLOWER if n < 3 else Accepted("250 ok"))

    assert len(taken) == 6
    assert statuses(ledger, mailing).count("accepted") == 3
    assert ledger.rate_limits.slowed(now=clock.now()) == {"domain:press.example"}
    assert after(seconds=3.9) < clock.now() <= after(seconds=4)  # one by one, two seconds apart


@pytest.mark.parametrize("other", [Accepted("250 ok"), Deferred("452 4.2.2 mailbox full")])
def test_requests_for_patience_between_other_answers_slow_nobody(ledger, clock, other):
    started(ledger, count=9)

    taken = delivered(ledger, clock, lambda n, _: other if n % 3 == 2 else SLOWER)

    assert len(taken) == 9
    assert ledger.rate_limits.slowed(now=clock.now()) == frozenset()
    assert clock.now() == NOON


def test_what_another_provider_takes_does_not_end_the_row_of_one_that_asks_for_patience(
    ledger, clock
):
    at_domains(ledger, *["slow.example", "quick.example"] * 3)
    answers = {"quick.example": Accepted("250 ok"), "slow.example": SLOWER}

    delivered(ledger, clock, lambda _, message: answers[message.recipient.address.domain])

    assert ledger.rate_limits.slowed(now=clock.now()) == {"domain:slow.example"}


def test_a_mail_provider_is_passed_over_until_the_instant_in_which_its_slot_is_free(ledger, clock):
    at_domains(ledger, "slow.example", "slow.example", "quick.example", "slow.example")
    went_to = []

    def answer(_number, message):
        went_to.append(message.recipient.address.domain)
        if went_to[-1] == "quick.example":
            clock.wait_until(after(seconds=6))
        return Accepted("250 ok")

    delivered(ledger, clock, answer, rate_policy=RatePolicy(per_domain_per_minute=10))

    assert went_to == ["slow.example", "quick.example", "slow.example"]


@pytest.mark.parametrize(("throttling", "taken"), [(2, 5), (3, 3)])
def test_when_three_providers_ask_for_patience_and_none_takes_a_message_all_mail_waits(
    ledger, clock, throttling, taken
):
    mailing = at_domains(ledger, *(f"p{number}.example" for number in range(5)))

    def answer(number, _message):
        return SLOWER if number < throttling else Accepted("250 ok")

    assert len(delivered(ledger, clock, answer)) == taken

    assert statuses(ledger, mailing).count("deferred") == throttling
    if taken == 3:
        assert ledger.rate_limits.slowed(now=NOON) >= {"provider:scripted"}
        assert ledger.sending.claim(worker="w", now=after(seconds=59)) is None
        assert ledger.sending.claim(worker="w", now=after(seconds=60)) is not None


def test_a_message_that_is_taken_in_between_shows_that_our_relay_is_not_to_blame(ledger, clock):
    at_domains(ledger, *(f"p{number}.example" for number in range(6)))

    taken = delivered(ledger, clock, lambda n, _: Accepted("250 ok") if n == 2 else SLOWER)

    assert len(taken) == 6


def test_a_relay_that_finds_all_our_mail_too_much_is_left_alone_for_a_minute(ledger, clock):
    started(ledger, count=4)
    too_much = Deferred("421 too many", is_throttled=True, concern=Concern.SENDING_RATE)

    assert len(delivered(ledger, clock, lambda *_: too_much)) == 1

    assert ledger.rate_limits.slowed(now=NOON) == {"provider:scripted"}
    assert ledger.mailings.next_due_at() == after(seconds=60)
    clock.wait_until(after(seconds=60))
    left = []
    delivered(ledger, clock, lambda *_: left.append(clock.now()) or Accepted("250 ok"))
    assert len(left) == 4
    assert left[1] > left[0]  # one by one, where no limit is set


def test_a_clock_that_is_set_back_makes_no_wait_longer(ledger, clock):
    started(ledger, count=2)
    claim = ledger.sending.claim(worker="w", now=NOON)
    source = MessageSource(
        ledger,
        claim,
        compose=lambda delivery: a_message(delivery, mailing=a_mailing()),
        clock=clock,
        depth=1,
        rate_policy=RatePolicy(per_minute=1),
        stopping=lambda: False,
    )
    assert source.hold_until(NOON) is None
    assert len(list(source)) == 1  # the second has to wait for a minute

    assert source.hold_until(NOON) == after(minutes=1)
    assert source.hold_until(after(seconds=30)) == after(minutes=1)
    assert source.hold_until(after(hours=-2)) == after(hours=-2, minutes=1)
