"""Resolving many uncertain deliveries at once: one suite for both databases."""

from mailer.ledger import open_ledger
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import Accepted, Deferred, DeliveryStatus, Uncertain
from mailer.model.mailings.mailing import MailingState
from tests.counterparts.builders import ACTOR, NOON, after, an_entry, an_event, started, statuses

SOON = after(seconds=1)
LEASE_OVER = after(seconds=31)
WORD = {"actor": ACTOR, "why": "the relay says so", "at": SOON}


def ids(deliveries):
    return [delivery.id for delivery in deliveries]


def in_doubt(ledger, *outcomes, **fields):
    """A mailing that has ended, its deliveries with these outcomes; it and their ids."""
    mailing, deliveries = started(ledger, count=len(outcomes), **fields)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, ids(deliveries), now=NOON)
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        ledger.sending.settle(claim, delivery.id, outcome, now=NOON)
    ledger.sending.release(claim, now=NOON)
    ledger.mailings.finish(NOON)
    return mailing, ids(deliveries)


BROKEN = Uncertain("the line broke")


def test_one_word_settles_the_doubts_of_several_mailings_and_each_has_its_line(ledger):
    first, of_first = in_doubt(ledger, BROKEN, BROKEN, step="first")
    second, of_second = in_doubt(ledger, BROKEN, step="second")
    before = len(ledger.journal.entries())

    settled = ledger.uncertain.resolve([*of_first, *of_second], resend=False, **WORD)

    assert settled == {*of_first, *of_second}
    assert statuses(ledger, first) + statuses(ledger, second) == ["accepted"] * 3
    assert ledger.journal.entries()[before:] == [
        an_entry("assume-sent", subject, f"{delivery_id}: the relay says so", at=SOON)
        for subject, delivery_id in (
            ("meeting/first", of_first[0]),
            ("meeting/first", of_first[1]),
            ("meeting/second", of_second[0]),
        )
    ]


def test_of_those_named_only_the_doubts_are_settled_and_nobody_else(ledger):
    mailing, (doubted, taken, unnamed) = in_doubt(ledger, BROKEN, Accepted("250"), BROKEN)
    before = len(ledger.journal.entries())

    settled = ledger.uncertain.resolve(["nobody", taken, doubted, doubted], resend=True, **WORD)

    assert settled == {doubted}
    assert statuses(ledger, mailing) == ["pending", "accepted", "uncertain"]
    assert len(ledger.journal.entries()) == before + 1
    assert unnamed not in ledger.journal.entries()[-1].detail
    assert ledger.uncertain.resolve([], resend=True, **WORD) == frozenset()


def test_sending_again_takes_up_what_had_ended_and_leaves_what_is_cancelled_or_too_late(ledger):
    ended, of_ended = in_doubt(ledger, BROKEN, BROKEN, step="ended")
    late, of_late = in_doubt(ledger, BROKEN, step="late", expires_at=SOON)
    cancelled, of_cancelled = in_doubt(ledger, BROKEN, Deferred("451"), step="cancelled")
    ledger.mailings.change_state(
        cancelled.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=NOON
    )

    settled = ledger.uncertain.resolve([*of_late, *of_cancelled, *of_ended], resend=True, **WORD)

    assert settled == set(of_ended)
    assert statuses(ledger, late) == ["uncertain"]
    assert statuses(ledger, cancelled) == ["uncertain", "cancelled"]
    assert [ledger.mailings.get(each.id).state for each in (ended, late, cancelled)] == [
        MailingState.ACTIVE,
        MailingState.DONE,
        MailingState.CANCELLED,
    ]
    claim = ledger.sending.claim(worker="w", now=SOON)
    assert set(ids(claim.deliveries)) == set(of_ended)
    assert ledger.sending.mark(claim, of_ended, now=SOON) == set(of_ended)


def test_those_of_a_cancelled_or_late_mailing_may_still_be_said_to_have_arrived(ledger):
    late, of_late = in_doubt(ledger, BROKEN, expires_at=SOON)

    assert ledger.uncertain.resolve(of_late, resend=False, **WORD) == set(of_late)
    assert statuses(ledger, late) == ["accepted"]
    assert ledger.mailings.get(late.id).state is MailingState.DONE


def test_a_worker_that_comes_back_is_believed_before_a_person_has_spoken_and_not_after(ledger):
    mailing, deliveries = started(ledger, count=4)
    frozen = ledger.sending.claim(worker="frozen", now=NOON)
    ledger.sending.mark(frozen, ids(deliveries), now=SOON)
    assert ledger.sending.claim(worker="heir", now=LEASE_OVER) is None
    first, second, third, fourth = ids(deliveries)
    at_that_time = {**WORD, "at": LEASE_OVER}

    ledger.sending.settle(frozen, first, Accepted("250"), now=LEASE_OVER)
    ledger.sending.release(frozen, now=LEASE_OVER)
    assert ledger.uncertain.resolve([first, second], resend=False, **at_that_time) == {second}
    assert ledger.uncertain.resolve([first, third, fourth], resend=True, **at_that_time) == {
        third,
        fourth,
    }
    ledger.sending.settle(frozen, second, Deferred("451", retry_after_s=60), now=LEASE_OVER)
    ledger.sending.settle(frozen, third, Accepted("250"), now=LEASE_OVER)
    ledger.sending.release(frozen, now=LEASE_OVER)

    assert statuses(ledger, mailing) == ["accepted", "accepted", "pending", "pending"]
    probe = ledger.sending.claim(worker="w", now=LEASE_OVER)
    assert ids(probe.deliveries) == [third]
    ledger.sending.release_brake(probe)
    ledger.sending.release(probe, now=LEASE_OVER)
    assert ids(ledger.sending.claim(worker="w", now=LEASE_OVER).deliveries) == [third, fourth]


def test_the_engine_is_rung_when_somebody_is_to_be_sent_to_again(tmp_path):
    rung = []
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}", ring=lambda: rung.append("once"))
    _, (first, second) = in_doubt(ledger, BROKEN, BROKEN)
    rung.clear()

    ledger.uncertain.resolve([first], resend=False, **WORD)
    before = list(rung)
    ledger.uncertain.resolve([second], resend=True, **WORD)
    ledger.close()

    assert (before, rung) == ([], ["once"])


def test_evidence_settles_the_doubts_of_a_mailing_that_has_expired_too(ledger):
    _, (late,) = in_doubt(ledger, BROKEN, expires_at=SOON)
    bounced = an_event(EventKind.BOUNCED, delivery_id=late)

    settled = ledger.uncertain.resolve_by_events([bounced], evidence="log", actor=ACTOR, at=SOON)

    assert settled == {late: DeliveryStatus.BOUNCED}


def test_evidence_that_leaves_the_doubt_settles_nothing_and_has_no_line(ledger):
    mailing, (delayed, delivered) = in_doubt(ledger, BROKEN, BROKEN)
    before = len(ledger.journal.entries())
    events = [
        an_event(EventKind.DEFERRED, key="1", delivery_id=delayed),
        an_event(EventKind.DELIVERED, key="2", delivery_id=delivered),
    ]

    settled = ledger.uncertain.resolve_by_events(events, evidence="log", actor=ACTOR, at=SOON)

    assert settled == {delivered: DeliveryStatus.DELIVERED}
    assert statuses(ledger, mailing) == ["uncertain", "delivered"]
    assert len(ledger.journal.entries()) == before + 1


def test_more_are_settled_at_once_than_a_statement_has_parameters(ledger):
    mailing, (doubted,) = in_doubt(ledger, BROKEN)
    many = [f"nobody{number}" for number in range(70_000)]

    assert ledger.uncertain.resolve([*many, doubted], resend=False, **WORD) == {doubted}
    assert statuses(ledger, mailing) == ["accepted"]


def test_doubts_are_found_by_campaign_and_step_the_earliest_mailing_first(ledger):
    _, of_late = in_doubt(ledger, BROKEN, step="a-late-one", due_at=after(minutes=-1))
    _, of_early = in_doubt(
        ledger, Accepted("250"), BROKEN, BROKEN, step="early", due_at=after(minutes=-2)
    )

    assert ids(ledger.uncertain.find()) == [*of_early[1:], *of_late]
    assert ids(ledger.uncertain.find(campaign="meeting", step="early")) == of_early[1:]
    assert ids(ledger.uncertain.find(step="a-late-one")) == of_late
    assert ids(ledger.uncertain.find(campaign="meeting")) == [*of_early[1:], *of_late]
    assert ledger.uncertain.find(campaign="another") == []
    assert ledger.uncertain.find(step="another") == []


def test_the_doubts_of_two_mailings_due_at_one_moment_are_found_one_mailing_after_the_other(ledger):
    _, of_first = in_doubt(ledger, BROKEN, BROKEN, step="a-first")
    _, of_second = in_doubt(ledger, BROKEN, BROKEN, step="b-second")

    assert ids(ledger.uncertain.find()) == [*of_first, *of_second]


def test_sending_one_again_opens_the_chunk_of_nobody_else(ledger):
    started(ledger, step="held", count=1)
    held = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.release(held, now=NOON, hold_until=after(hours=1))
    _, doubted = in_doubt(ledger, BROKEN)

    ledger.uncertain.resolve(doubted, resend=True, **WORD)

    (opened,) = ledger.sending.open_chunks(now=SOON, at_most=9)
    assert opened != held.chunk_id
