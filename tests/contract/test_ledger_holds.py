"""Holding, resuming and cancelling what was launched: one suite for both databases."""

import pytest

from mailer.model.mailings.delivery import Accepted, DeliveryStatus
from mailer.model.mailings.mailing import MailingId, MailingState
from mailer.operations.sending.start import Missed, Started, start_due
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_delivery,
    a_mailing,
    after,
    started,
    statuses,
)


def change(ledger, mailing, to, *, at=NOON):
    return ledger.mailings.change_state(mailing.id, to=to, actor=ACTOR, why="a call", at=at)


def launched(ledger, **fields):
    mailing = a_mailing(**fields)
    assert ledger.mailings.launch([mailing], actor=ACTOR, at=after(days=-1))
    return mailing


def test_a_scheduled_mailing_that_is_paused_does_not_start_at_its_hour(ledger):
    mailing = launched(ledger)

    assert change(ledger, mailing, MailingState.PAUSED)

    assert ledger.mailings.due(after(days=1)) == []
    assert not ledger.mailings.start(mailing.id, deliveries=[], exclusions=[], at=NOON)
    assert ledger.mailings.next_due_at() is None


def test_a_paused_mailing_goes_back_to_the_state_it_had_and_to_no_other(ledger):
    ahead = launched(ledger, step="ahead")
    under_way, _ = started(ledger)
    for mailing in (ahead, under_way):
        change(ledger, mailing, MailingState.PAUSED)

    assert not change(ledger, ahead, MailingState.ACTIVE)
    assert not change(ledger, under_way, MailingState.SCHEDULED)
    assert not change(ledger, under_way, MailingState.MISSED)
    assert change(ledger, ahead, MailingState.SCHEDULED)
    assert change(ledger, under_way, MailingState.ACTIVE)


@pytest.mark.parametrize(
    ("at", "expected"), [(after(days=2), Started), (after(days=5), Missed)], ids=["late", "expired"]
)
def test_a_mailing_resumed_after_its_hour_leaves_late_or_is_missed(ledger, at, expected):
    ledger.contacts.save([a_contact(lists=frozenset({"press"}))], actor=ACTOR, at=NOON)
    mailing = launched(ledger)
    change(ledger, mailing, MailingState.PAUSED)

    change(ledger, mailing, MailingState.SCHEDULED, at=at)
    (result,) = start_due(ledger, now=at)

    assert isinstance(result, expected)


def test_nobody_is_added_to_a_paused_mailing_that_has_not_started(ledger):
    mailing = launched(ledger)
    change(ledger, mailing, MailingState.PAUSED)

    added = ledger.deliveries.add(a_delivery(mailing=mailing), actor=ACTOR, why="a call", at=NOON)

    assert not added
    assert list(ledger.deliveries.of_mailing(mailing.id)) == []


def test_a_paused_mailing_that_has_not_started_is_still_rescheduled(ledger):
    mailing = launched(ledger)
    change(ledger, mailing, MailingState.PAUSED)
    moved = a_mailing(due_at=after(hours=1))

    assert ledger.mailings.reschedule(moved, actor=ACTOR, why="new rules", at=NOON)

    assert ledger.mailings.get(mailing.id).due_at == after(hours=1)


def test_a_paused_mailing_still_counts_as_one_that_will_reach_people(ledger):
    mailing = launched(ledger)
    change(ledger, mailing, MailingState.PAUSED)

    found = ledger.similar_mailings.find(
        contents=[mailing.variants[next(iter(mailing.variants))].content_hash],
        subjects=[],
        since=after(days=-9),
    )

    assert [each.mailing_id for each in found] == [mailing.id]


def test_a_campaign_cancelled_before_anything_left_may_be_launched_again(ledger):
    ahead = launched(ledger, step="reminder")
    under_way, _ = started(ledger)
    for mailing in (ahead, under_way):
        change(ledger, mailing, MailingState.CANCELLED)

    again = [a_mailing(id=MailingId("new")), a_mailing("reminder", id=MailingId("new-reminder"))]

    assert ledger.mailings.launch(again, actor=ACTOR, at=after(hours=1))
    assert {each.id for each in ledger.mailings.summaries()} == {"new", "new-reminder"}
    assert [line.action for line in ledger.journal.entries("meeting/reminder")] == [
        "launch",
        "cancelled",
        "remove-cancelled",
        "launch",
    ]


@pytest.mark.parametrize("lost", [False, True], ids=["accepted", "unknown"])
def test_a_campaign_of_which_a_message_may_have_left_is_never_launched_again(ledger, lost):
    mailing, (first, second) = started(ledger, count=2)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [first.id], now=NOON)
    if not lost:
        ledger.sending.settle(claim, first.id, Accepted("250 OK"), now=NOON)
    ledger.sending.release(claim, now=NOON)
    change(ledger, mailing, MailingState.CANCELLED)

    again = ledger.mailings.launch([a_mailing(id=MailingId("new"))], actor=ACTOR, at=NOON)

    assert not again
    left = DeliveryStatus.UNCERTAIN if lost else DeliveryStatus.ACCEPTED
    assert statuses(ledger, mailing) == [left, DeliveryStatus.CANCELLED]
    assert second.status is DeliveryStatus.PENDING


def test_a_campaign_with_a_step_that_was_not_cancelled_is_never_launched_again(ledger):
    cancelled = launched(ledger)
    launched(ledger, step="reminder")
    change(ledger, cancelled, MailingState.CANCELLED)

    assert not ledger.mailings.launch([a_mailing(id=MailingId("new"))], actor=ACTOR, at=NOON)
    assert len(ledger.mailings.summaries()) == 2
