"""Claim, mark, send, settle: one suite for both databases."""

import threading

import pytest

from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.mailings.delivery import (
    Acceptance,
    Accepted,
    Deferred,
    DeliveryStatus,
    Rejected,
    Uncertain,
)
from mailer.model.mailings.mailing import AudienceRule, MailingState
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    a_mailing,
    after,
    an_entry,
    an_event,
    started,
    statuses,
)

SOON = after(seconds=1)
LEASE_OVER = after(seconds=31)


def claimed(ledger, *, now=NOON, worker="w1"):
    claim = ledger.sending.claim(worker=worker, now=now)
    assert claim is not None
    return claim


def ids(claim):
    return [delivery.id for delivery in claim.deliveries]


def test_a_worker_gets_no_claim_when_nothing_is_to_be_sent(ledger):
    assert ledger.sending.claim(worker="w", now=NOON) is None
    ledger.mailings.launch([a_mailing()], actor=ACTOR, at=NOON)
    assert ledger.sending.claim(worker="w", now=NOON) is None


def test_a_claim_holds_its_chunk_under_a_new_epoch_and_a_lease(ledger):
    mailing, deliveries = started(ledger)

    claim = claimed(ledger)

    assert claim.deliveries == tuple(deliveries)
    assert (claim.mailing_id, claim.epoch, claim.lease_until) == (mailing.id, 1, after(seconds=30))
    assert ledger.sending.claim(worker="w2", now=SOON) is None
    assert ledger.mailings.next_due_at() == claim.lease_until


def test_a_small_mailing_is_spread_over_several_workers(ledger):
    started(ledger, count=60)

    claims = [claimed(ledger, worker=f"w{number}") for number in range(3)]

    assert [len(claim.deliveries) for claim in claims] == [25, 25, 10]
    assert ledger.sending.claim(worker="w4", now=NOON) is None


def test_the_earlier_mailing_goes_first(ledger):
    started(ledger, step="second", due_at=after(hours=-1))
    first, _ = started(ledger, step="first", due_at=after(hours=-2))

    assert claimed(ledger).mailing_id == first.id


def test_marked_deliveries_are_sending_before_mark_returns(ledger):
    mailing, _ = started(ledger)
    claim = claimed(ledger)

    granted = ledger.sending.mark(claim, ids(claim)[:2], now=SOON)

    assert granted == set(ids(claim)[:2])
    assert statuses(ledger, mailing) == ["sending", "sending", "pending"]
    marked = ledger.deliveries.find(ids(claim)[0])
    assert (marked.attempt, marked.changed_at) == (1, SOON)


def test_a_delivery_is_marked_once(ledger):
    started(ledger)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)

    assert ledger.sending.mark(claim, ids(claim), now=SOON) == frozenset()


def test_each_outcome_is_recorded_with_the_peer_s_words(ledger):
    mailing, _ = started(ledger, count=4)
    claim = claimed(ledger)
    outcomes = [
        Accepted("250 2.0.0 Ok: queued as 4XyZ"),
        Rejected("550 5.1.1 No such user"),
        Deferred("451 4.7.1 Greylisted", retry_after_s=300),
        Uncertain("connection lost after the dot"),
    ]
    ledger.sending.mark(claim, ids(claim), now=SOON)

    for delivery_id, outcome in zip(ids(claim), outcomes, strict=True):
        ledger.sending.settle(claim, delivery_id, outcome, now=SOON)
    ledger.sending.release(claim, now=SOON)

    settled = list(ledger.deliveries.of_mailing(mailing.id))
    assert [delivery.status for delivery in settled] == [
        DeliveryStatus.ACCEPTED,
        DeliveryStatus.REJECTED,
        DeliveryStatus.DEFERRED,
        DeliveryStatus.UNCERTAIN,
    ]
    assert [delivery.reply for delivery in settled] == [
        "250 2.0.0 Ok: queued as 4XyZ",
        "550 5.1.1 No such user",
        "451 4.7.1 Greylisted",
        "connection lost after the dot",
    ]


def test_an_outcome_is_durable_before_the_next_mark_returns(ledger):
    mailing, _ = started(ledger, count=2)
    claim = claimed(ledger)
    first, second = ids(claim)
    ledger.sending.mark(claim, [first], now=SOON)

    ledger.sending.settle(claim, first, Accepted(), now=SOON)
    ledger.sending.mark(claim, [second], now=SOON)

    assert statuses(ledger, mailing) == ["accepted", "sending"]


def test_a_released_chunk_without_work_is_not_offered_again(ledger):
    mailing, _ = started(ledger)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)
    for delivery_id in ids(claim):
        ledger.sending.settle(claim, delivery_id, Accepted(), now=SOON)

    ledger.sending.release(claim, now=SOON)

    assert ledger.sending.claim(worker="w2", now=after(days=1)) is None
    assert ledger.mailings.next_due_at() is None
    assert ledger.mailings.finish(SOON) == [mailing.id]


def test_a_released_chunk_with_work_left_is_offered_again(ledger):
    started(ledger)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim)[:1], now=SOON)
    ledger.sending.settle(claim, ids(claim)[0], Accepted(), now=SOON)

    ledger.sending.release(claim, now=SOON)

    again = claimed(ledger, now=SOON)
    assert (again.chunk_id, again.epoch) == (claim.chunk_id, claim.epoch + 1)
    assert ids(again) == ids(claim)[1:]


def test_a_deferred_delivery_comes_back_when_its_time_has_come(ledger):
    mailing, _ = started(ledger, count=2)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=NOON)
    ledger.sending.settle(claim, ids(claim)[0], Accepted(), now=NOON)
    ledger.sending.settle(claim, ids(claim)[1], Deferred("451", retry_after_s=300), now=NOON)
    ledger.sending.release(claim, now=NOON)

    assert ledger.mailings.next_due_at() == after(seconds=300)
    assert ledger.mailings.finish(NOON) == []
    assert ledger.sending.claim(worker="w", now=after(seconds=299)) is None
    again = claimed(ledger, now=after(seconds=300))
    assert [(delivery.id, delivery.attempt) for delivery in again.deliveries] == [
        (ids(claim)[1], 1)
    ]
    assert ledger.sending.mark(again, ids(again), now=after(seconds=300)) == set(ids(again))
    assert statuses(ledger, mailing) == ["accepted", "sending"]


def test_a_hold_keeps_the_whole_mailing_back(ledger):
    started(ledger, count=60)
    claim = claimed(ledger)

    ledger.sending.release(claim, now=NOON, hold_until=after(seconds=60))

    assert ledger.sending.claim(worker="w", now=after(seconds=59)) is None
    assert ledger.mailings.next_due_at() == after(seconds=60)
    assert claimed(ledger, now=after(seconds=60))


def test_a_lease_can_be_prolonged(ledger):
    started(ledger)
    claim = claimed(ledger)

    assert ledger.sending.renew(claim, now=after(seconds=20))

    assert ledger.sending.claim(worker="w2", now=after(seconds=45)) is None
    assert ledger.sending.claim(worker="w2", now=after(seconds=50)) is not None


def test_what_a_dead_worker_left_sending_is_uncertain_and_never_sent_again(ledger):
    mailing, _ = started(ledger)
    dead = claimed(ledger)
    ledger.sending.mark(dead, ids(dead)[:1], now=SOON)

    heir = claimed(ledger, worker="w2", now=LEASE_OVER)

    assert statuses(ledger, mailing) == ["uncertain", "pending", "pending"]
    assert ids(heir) == ids(dead)[1:2]  # one person is tried before the others
    assert ledger.sending.mark(heir, ids(dead), now=LEASE_OVER) == set(ids(dead)[1:])


def test_what_is_marked_and_never_settled_is_uncertain_at_release(ledger):
    mailing, _ = started(ledger)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim)[:1], now=SOON)

    ledger.sending.release(claim, now=SOON)

    assert statuses(ledger, mailing) == ["uncertain", "pending", "pending"]


def test_a_recovered_chunk_goes_before_the_backlog(ledger):
    started(ledger, count=60)
    dead = claimed(ledger)
    claimed(ledger, worker="w2", now=after(seconds=20))

    heir = claimed(ledger, worker="w3", now=LEASE_OVER)

    assert heir.chunk_id == dead.chunk_id


def test_a_superseded_worker_can_mark_nothing_more(ledger):
    started(ledger)
    frozen = claimed(ledger)
    claimed(ledger, worker="w2", now=LEASE_OVER)

    assert ledger.sending.mark(frozen, ids(frozen), now=LEASE_OVER) == frozenset()
    assert not ledger.sending.renew(frozen, now=LEASE_OVER)


def test_a_superseded_worker_s_release_changes_nothing(ledger):
    started(ledger)
    frozen = claimed(ledger)
    heir = claimed(ledger, worker="w2", now=LEASE_OVER)

    ledger.sending.release(frozen, now=LEASE_OVER)

    assert ledger.sending.claim(worker="w3", now=LEASE_OVER) is None
    assert ledger.sending.renew(heir, now=LEASE_OVER)


def test_a_superseded_worker_may_still_tell_what_it_sent(ledger):
    mailing, _ = started(ledger)
    frozen = claimed(ledger)
    ledger.sending.mark(frozen, ids(frozen)[:2], now=SOON)
    heir = claimed(ledger, worker="w2", now=LEASE_OVER)

    ledger.sending.settle(frozen, ids(frozen)[0], Accepted("250 ok"), now=LEASE_OVER)
    ledger.sending.settle(frozen, ids(frozen)[1], Deferred("451", retry_after_s=60), now=LEASE_OVER)
    ledger.sending.release(frozen, now=LEASE_OVER)

    assert statuses(ledger, mailing) == ["accepted", "deferred", "pending"]
    ledger.sending.release_brake(heir)
    ledger.sending.release(heir, now=LEASE_OVER)
    again = claimed(ledger, now=after(seconds=91))
    assert set(ids(again)) == set(ids(frozen)[1:])


def test_a_late_deferral_takes_up_a_mailing_that_had_ended(ledger):
    mailing, _ = started(ledger, count=1)
    frozen = claimed(ledger)
    ledger.sending.mark(frozen, ids(frozen), now=SOON)
    assert ledger.sending.claim(worker="w2", now=LEASE_OVER) is None
    assert ledger.mailings.finish(LEASE_OVER) == [mailing.id]

    ledger.sending.settle(frozen, ids(frozen)[0], Deferred("451", retry_after_s=60), now=LEASE_OVER)
    ledger.sending.release(frozen, now=LEASE_OVER)

    assert ids(claimed(ledger, now=after(seconds=91))) == ids(frozen)


def test_a_late_deferral_reopens_a_chunk_that_was_closed(ledger):
    started(ledger, count=1)
    frozen = claimed(ledger)
    ledger.sending.mark(frozen, ids(frozen), now=SOON)
    assert ledger.sending.claim(worker="w2", now=LEASE_OVER) is None

    ledger.sending.settle(frozen, ids(frozen)[0], Deferred("451", retry_after_s=60), now=LEASE_OVER)
    ledger.sending.release(frozen, now=LEASE_OVER)

    assert ledger.mailings.next_due_at() == after(seconds=91)


@pytest.mark.parametrize("waits_s", [(600, 60), (60, 600)])
def test_of_two_late_deferrals_the_chunk_opens_for_the_earlier(ledger, waits_s):
    started(ledger, count=2)
    frozen = claimed(ledger)
    ledger.sending.mark(frozen, ids(frozen), now=SOON)
    assert ledger.sending.claim(worker="w2", now=LEASE_OVER) is None

    for delivery_id, wait_s in zip(ids(frozen), waits_s, strict=True):
        deferred = Deferred("451", retry_after_s=wait_s)
        ledger.sending.settle(frozen, delivery_id, deferred, now=LEASE_OVER)
    ledger.sending.release(frozen, now=LEASE_OVER)

    assert ledger.mailings.next_due_at() == after(seconds=91)


def test_what_a_worker_says_about_a_row_it_did_not_mark_is_not_believed(ledger):
    mailing, _ = started(ledger)
    frozen = claimed(ledger)
    heir = claimed(ledger, worker="w2", now=LEASE_OVER)
    ledger.sending.mark(heir, ids(heir), now=LEASE_OVER)

    ledger.sending.settle(frozen, ids(frozen)[0], Rejected("550"), now=LEASE_OVER)
    ledger.sending.release(frozen, now=LEASE_OVER)

    assert statuses(ledger, mailing) == ["sending"] * 3


@pytest.mark.parametrize("state", [MailingState.PAUSED, MailingState.CANCELLED])
def test_once_a_pause_or_cancellation_has_returned_nothing_more_is_marked(ledger, state):
    mailing, _ = started(ledger)
    claim = claimed(ledger)
    assert ledger.sending.mark(claim, ids(claim)[:1], now=SOON)

    ledger.mailings.change_state(mailing.id, to=state, actor=ACTOR, why="", at=SOON)

    assert ledger.sending.mark(claim, ids(claim)[1:], now=SOON) == frozenset()
    assert not ledger.sending.renew(claim, now=SOON)
    ledger.sending.settle(claim, ids(claim)[0], Accepted(), now=SOON)
    ledger.sending.release(claim, now=SOON)
    rest = "pending" if state is MailingState.PAUSED else "cancelled"
    assert statuses(ledger, mailing) == ["accepted", rest, rest]
    assert ledger.sending.claim(worker="w2", now=SOON) is None


def test_a_resumed_mailing_goes_on_where_it_was(ledger):
    mailing, _ = started(ledger)
    claim = claimed(ledger)
    ledger.mailings.change_state(mailing.id, to=MailingState.PAUSED, actor=ACTOR, why="", at=SOON)
    ledger.sending.release(claim, now=SOON)

    ledger.mailings.change_state(
        mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="", at=after(hours=1)
    )

    assert ids(claimed(ledger, now=after(hours=1))) == ids(claim)


def test_a_deferral_that_comes_after_the_cancellation_is_cancelled(ledger):
    mailing, _ = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)
    ledger.mailings.change_state(
        mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=SOON
    )

    ledger.sending.settle(claim, ids(claim)[0], Deferred("451", retry_after_s=60), now=SOON)
    ledger.sending.release(claim, now=SOON)

    assert statuses(ledger, mailing) == ["cancelled"]
    (delivery,) = ledger.deliveries.of_mailing(mailing.id)
    assert delivery.reply == "451"
    assert ledger.sending.claim(worker="w", now=after(days=1)) is None


@pytest.mark.parametrize("promise", list(Acceptance))
def test_what_was_accepted_keeps_the_words_and_the_promise_of_the_peer(ledger, promise):
    mailing, _ = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)

    accepted = Accepted("250 queued", acceptance=promise)
    ledger.sending.settle(claim, ids(claim)[0], accepted, now=SOON)
    ledger.sending.release(claim, now=SOON)

    (delivery,) = ledger.deliveries.of_mailing(mailing.id)
    assert (delivery.reply, delivery.acceptance) == ("250 queued", promise)


def test_a_second_worker_that_dies_while_it_probes_pauses_the_mailing(ledger):
    mailing, _ = started(ledger)
    first = claimed(ledger)
    ledger.sending.mark(first, ids(first)[:1], now=NOON)
    probe = claimed(ledger, now=LEASE_OVER, worker="w2")
    was_paused = ledger.mailings.get(mailing.id).state is MailingState.PAUSED
    ledger.sending.mark(probe, ids(probe)[:1], now=LEASE_OVER)

    assert ledger.sending.claim(worker="w3", now=after(seconds=62)) is None

    assert not was_paused
    assert ledger.mailings.get(mailing.id).state is MailingState.PAUSED


def test_what_a_dead_worker_of_a_cancelled_mailing_left_sending_is_uncertain(ledger):
    mailing, _ = started(ledger)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim)[:1], now=SOON)
    ledger.mailings.change_state(
        mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=SOON
    )

    assert ledger.sending.claim(worker="w2", now=LEASE_OVER) is None

    assert statuses(ledger, mailing) == ["uncertain", "cancelled", "cancelled"]


def test_nothing_is_marked_after_the_mailing_has_expired(ledger):
    started(ledger, expires_at=after(seconds=10))
    claim = claimed(ledger)

    assert ledger.sending.mark(claim, ids(claim)[:1], now=after(seconds=9))
    assert not ledger.sending.mark(claim, ids(claim)[1:], now=after(seconds=10))


def test_somebody_who_opted_out_since_the_start_in_any_letter_case_is_not_sent_to(ledger):
    mailing, deliveries = started(ledger)
    claim = claimed(ledger)
    assert str(deliveries[1].address) == "reader1@press.example"
    ledger.suppressions.add(a_bar("READER1@press.example"), actor=ACTOR)

    granted = ledger.sending.mark(claim, ids(claim), now=SOON)

    assert granted == {deliveries[0].id, deliveries[2].id}
    assert statuses(ledger, mailing) == ["sending", "suppressed", "sending"]


def test_a_bar_that_has_ended_bars_nobody(ledger):
    _, deliveries = started(ledger)
    claim = claimed(ledger)
    ledger.suppressions.add(
        a_bar(str(deliveries[0].address), reason=SuppressionReason.UNREACHABLE, until=NOON),
        actor=ACTOR,
    )

    assert ledger.sending.mark(claim, ids(claim), now=SOON) == set(ids(claim))


@pytest.mark.parametrize(
    ("lists", "scopes", "status"),
    [
        ({"press"}, ["press"], "suppressed"),
        ({"press", "health"}, ["press"], "sending"),
        ({"press", "health"}, ["press", "health"], "suppressed"),
        ({"press"}, ["elsewhere"], "sending"),
        ((), ["press", "health"], "suppressed"),
    ],
)
def test_a_bar_on_a_list_holds_unless_another_list_leads_to_the_person(
    ledger, lists, scopes, status
):
    contact = a_contact("reader0@press.example", id="c-0", lists=frozenset(lists))
    ledger.contacts.save([contact], at=NOON, actor=ACTOR)
    mailing, _ = started(ledger, count=1, rule=AudienceRule(to=("press", "health")))
    claim = claimed(ledger)
    for scope in scopes:
        ledger.suppressions.add(a_bar("reader0@press.example", scope=scope), actor=ACTOR)

    ledger.sending.mark(claim, ids(claim), now=SOON)

    assert statuses(ledger, mailing) == [status]


def answer(ledger, delivery, state, *, at=NOON):
    ledger.accreditations.save(Accreditation("meeting", delivery.address, state, at), actor=ACTOR)


@pytest.mark.parametrize("state", [AccreditationState.ASKED, AccreditationState.ACCEPTED])
def test_a_reminder_never_reaches_somebody_who_answered_since_the_start(ledger, state):
    mailing, deliveries = started(ledger, rule=AudienceRule(to=("press",), unless=("accredited",)))
    claim = claimed(ledger)
    answer(ledger, deliveries[1], state)
    answer(ledger, deliveries[2], AccreditationState.DECLINED)

    granted = ledger.sending.mark(claim, ids(claim), now=SOON)

    assert granted == {deliveries[0].id, deliveries[2].id}
    assert statuses(ledger, mailing) == ["sending", "cancelled", "sending"]
    assert ledger.deliveries.find(deliveries[1].id).reply == f"answered since: {state}"


def test_a_deferred_reminder_is_cancelled_when_the_person_has_answered_meanwhile(ledger):
    mailing, deliveries = started(
        ledger, count=1, rule=AudienceRule(to=("press",), unless=("declined",))
    )
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)
    ledger.sending.settle(claim, ids(claim)[0], Deferred("451", retry_after_s=60), now=SOON)
    ledger.sending.release(claim, now=SOON)
    answer(ledger, deliveries[0], AccreditationState.DECLINED)

    again = claimed(ledger, now=after(minutes=5))

    assert ledger.sending.mark(again, ids(again), now=after(minutes=5)) == frozenset()
    ledger.sending.release(again, now=after(minutes=5))
    assert statuses(ledger, mailing) == ["cancelled"]
    assert ledger.mailings.finish(after(minutes=5)) == [mailing.id]


def test_a_step_for_the_accredited_does_not_reach_somebody_who_declined_since(ledger):
    rule = AudienceRule(to=("press",), only=("accredited",))
    mailing, deliveries = started(ledger, count=2, rule=rule)
    for delivery in deliveries:
        answer(ledger, delivery, AccreditationState.ACCEPTED)
    claim = claimed(ledger)
    answer(ledger, deliveries[0], AccreditationState.DECLINED, at=SOON)

    assert ledger.sending.mark(claim, ids(claim), now=SOON) == {deliveries[1].id}
    assert statuses(ledger, mailing) == ["cancelled", "sending"]


def test_an_answer_to_another_campaign_changes_nothing(ledger):
    rule = AudienceRule(to=("press",), unless=("accredited",))
    _, deliveries = started(ledger, count=1, rule=rule)
    claim = claimed(ledger)
    ledger.accreditations.save(
        Accreditation("other", deliveries[0].address, AccreditationState.ACCEPTED, NOON),
        actor=ACTOR,
    )

    assert ledger.sending.mark(claim, ids(claim), now=SOON) == set(ids(claim))


def test_who_asked_to_come_is_told_of_the_cancellation_in_spite_of_an_opt_out(ledger):
    rule = AudienceRule(to=("press",), cancels=True)
    mailing, deliveries = started(ledger, count=2, rule=rule)
    answer(ledger, deliveries[0], AccreditationState.ACCEPTED)
    claim = claimed(ledger)
    for delivery in deliveries:
        ledger.suppressions.add(a_bar(str(delivery.address)), actor=ACTOR)

    assert ledger.sending.mark(claim, ids(claim), now=SOON) == {deliveries[0].id}
    assert statuses(ledger, mailing) == ["sending", "suppressed"]


def test_a_person_may_say_that_an_uncertain_message_arrived(ledger):
    mailing, deliveries = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)
    ledger.sending.settle(claim, ids(claim)[0], Uncertain("line broke"), now=SOON)
    ledger.sending.release(claim, now=SOON)
    ledger.mailings.finish(SOON)

    word = {"resend": False, "actor": ACTOR, "why": "she called", "at": SOON}

    assert ledger.uncertain.resolve([deliveries[0].id], **word)
    assert not ledger.uncertain.resolve([deliveries[0].id], **word)
    assert statuses(ledger, mailing) == ["accepted"]
    assert ledger.journal.entries()[-1] == an_entry(
        "assume-sent", "meeting/announcement", f"{deliveries[0].id}: she called", at=SOON
    )


def test_a_person_may_have_an_uncertain_message_sent_again(ledger):
    mailing, deliveries = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)
    ledger.sending.release(claim, now=SOON)
    ledger.mailings.finish(SOON)
    assert ledger.sending.claim(worker="w", now=SOON) is None

    assert ledger.uncertain.resolve([deliveries[0].id], resend=True, actor=ACTOR, why="", at=SOON)

    assert ledger.mailings.get(mailing.id).state is MailingState.ACTIVE
    again = claimed(ledger, now=SOON)
    assert ledger.sending.mark(again, ids(again), now=SOON) == {deliveries[0].id}


@pytest.mark.parametrize("end", ["cancelled", "expired"])
def test_what_was_cancelled_or_has_expired_is_not_sent_again(ledger, end):
    mailing, deliveries = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)
    ledger.sending.release(claim, now=SOON)
    if end == "cancelled":
        ledger.mailings.change_state(
            mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=SOON
        )
    at = SOON if end == "cancelled" else mailing.expires_at

    assert not ledger.uncertain.resolve([deliveries[0].id], resend=True, actor=ACTOR, why="", at=at)
    assert statuses(ledger, mailing) == ["uncertain"]


def test_only_an_uncertain_delivery_can_be_resolved(ledger):
    _, deliveries = started(ledger)

    for delivery_id in (deliveries[0].id, "nothing"):
        assert not ledger.uncertain.resolve(
            [delivery_id], resend=True, actor=ACTOR, why="", at=NOON
        )


def test_a_message_known_to_have_arrived_is_not_sent_again(ledger):
    mailing, deliveries = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)
    ledger.sending.settle(claim, ids(claim)[0], Deferred("451", retry_after_s=60), now=SOON)
    ledger.sending.release(claim, now=SOON)

    ledger.events.record(an_event(delivery_id=deliveries[0].id))

    late = claimed(ledger, now=after(hours=1))
    assert late.deliveries == ()
    ledger.sending.release(late, now=after(hours=1))
    assert ledger.mailings.finish(after(hours=1)) == [mailing.id]
    assert statuses(ledger, mailing) == ["delivered"]


def test_an_event_that_overtakes_the_outcome_is_not_taken_back(ledger):
    mailing, deliveries = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)
    ledger.events.record(an_event(delivery_id=deliveries[0].id))

    ledger.sending.settle(claim, ids(claim)[0], Accepted("250"), now=SOON)
    ledger.sending.release(claim, now=SOON)

    assert statuses(ledger, mailing) == ["delivered"]


def test_many_threads_share_the_writer_and_each_row_is_granted_once(ledger):
    mailing, _ = started(ledger, count=600)
    granted = []

    def work(name):
        while (claim := ledger.sending.claim(worker=name, now=NOON)) is not None:
            for delivery_id in ids(claim):
                granted.extend(ledger.sending.mark(claim, [delivery_id], now=NOON))
                ledger.sending.settle(claim, delivery_id, Accepted(), now=NOON)
            ledger.sending.release(claim, now=NOON)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(granted) == len(set(granted)) == 600
    assert ledger.deliveries.tally(mailing.id).by_status == {"accepted": 600}
