"""Progress of mailings and notices to the team: one suite for both databases."""

import threading

import pytest

from mailer.ledger import open_ledger
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.definitions import tables
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import Acceptance, Accepted, Rejected, Uncertain
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.progress import MailingsInState, Notice
from mailer.model.team.actor import PROGRAM, Via
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_delivery,
    a_mailing,
    after,
    an_actor,
    an_event,
    started,
)


def a_notice(key="paused", **fields):
    return Notice(
        **{"key": key, "what": "It is paused", "remedy": "look", "found_at": NOON} | fields
    )


def settled(ledger, deliveries, *outcomes, at=NOON):
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [delivery.id for delivery in deliveries], now=NOON)
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        ledger.sending.settle(claim, delivery.id, outcome, now=at)
    ledger.sending.release(claim, now=at)


def test_a_notice_is_owed_once_and_the_first_to_say_so_is_told(ledger):
    assert ledger.notices.insert([a_notice("a"), a_notice("b")]) == {"a", "b"}
    assert ledger.notices.insert([a_notice("b", what="other"), a_notice("c")]) == {"c"}
    assert ledger.notices.insert([a_notice("a")]) == ledger.notices.insert([]) == frozenset()

    assert ledger.notices.take(now=NOON, until=after(minutes=1)) == [
        a_notice("a"),
        a_notice("b"),
        a_notice("c"),
    ]


def test_what_one_has_taken_nobody_else_is_given_until_it_is_put_off_or_told(ledger):
    ledger.notices.insert([a_notice("a"), a_notice("b")])
    assert len(ledger.notices.take(now=NOON, until=after(minutes=30))) == 2

    assert ledger.notices.take(now=after(minutes=29), until=after(hours=1)) == []
    ledger.notices.record_sent(["a"], at=NOON)
    ledger.notices.postpone(["b"], until=after(minutes=2))

    assert ledger.notices.take(now=after(minutes=1), until=after(hours=1)) == []
    assert ledger.notices.take(now=after(minutes=2), until=after(hours=1)) == [a_notice("b")]
    ledger.notices.record_sent(["b"], at=NOON)
    assert ledger.notices.take(now=after(days=9), until=after(days=10)) == []
    assert ledger.notices.insert([a_notice("a")]) == frozenset()


def test_of_many_that_find_and_take_the_same_notice_one_has_it(ledger, ledger_url):
    found, taken = [], []

    def look():
        mine = open_ledger(ledger_url)
        found.extend(mine.notices.insert([a_notice()]))
        taken.extend(mine.notices.take(now=NOON, until=after(minutes=30)))
        mine.close()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["paused"]
    assert taken == [a_notice()]


def test_a_mailing_is_counted_as_it_stands(ledger):
    mailing, deliveries = started(ledger, count=4)
    settled(ledger, deliveries[:2], Accepted("250"), Uncertain("broke"), at=after(minutes=3))

    (standing,) = ledger.progress.of_mailings(since=NOON)

    assert (standing.mailing_id, standing.campaign, standing.step) == (
        mailing.id,
        "meeting",
        "announcement",
    )
    assert standing.audience == 4
    assert standing.by_status == {"pending": 2, "accepted": 1, "uncertain": 1}
    assert standing.settled_at == after(minutes=3)
    assert standing.last_journal_at == NOON


def test_what_only_waits_again_has_settled_nothing(ledger):
    started(ledger)

    (standing,) = ledger.progress.of_mailings(since=NOON)

    assert standing.settled_at is None
    assert standing.without_feedback == 0


def test_of_what_has_ended_nobody_asks_when_its_last_message_left(ledger):
    mailing, deliveries = started(ledger)
    settled(ledger, deliveries, *[Accepted("250")] * len(deliveries))
    assert ledger.mailings.finish(after(minutes=1)) == [mailing.id]
    _, others = started(ledger, step="reminder", due_at=after(hours=1))
    settled(ledger, others, *[Accepted("250")] * len(others), at=after(minutes=3))

    ended, under_way = ledger.progress.of_mailings(since=NOON)

    assert (ended.settled_at, under_way.settled_at) == (None, after(minutes=3))
    assert ended.by_status == {"accepted": len(deliveries)}


def test_the_last_pause_is_told_with_its_door_and_its_instant(ledger):
    mailing, _ = started(ledger)
    for to, actor, minutes in (
        (MailingState.PAUSED, PROGRAM, 1),
        (MailingState.ACTIVE, ACTOR, 2),
        (MailingState.PAUSED, an_actor("Bea"), 3),
    ):
        ledger.mailings.change_state(
            mailing.id, to=to, actor=actor, why="why", at=after(minutes=minutes)
        )

    (standing,) = ledger.progress.of_mailings(since=NOON)

    assert (standing.state, standing.note) == (MailingState.PAUSED, "why")
    assert (standing.state_changed_via, standing.state_changed_at) == (Via.CLI, after(minutes=3))


def test_what_has_not_begun_or_ended_long_ago_is_left_out_and_what_is_under_way_is_not(ledger):
    ledger.mailings.launch(
        [a_mailing("later", due_at=after(days=1)), a_mailing("missed")], actor=ACTOR, at=NOON
    )
    ledger.mailings.change_state(
        a_mailing("missed").id, to=MailingState.MISSED, actor=PROGRAM, why="late", at=after(days=6)
    )
    started(ledger, campaign="other")

    assert [each.step for each in ledger.progress.of_mailings(since=NOON)] == [
        "missed",
        "announcement",
    ]
    assert [each.step for each in ledger.progress.of_mailings(since=after(days=1))] == [
        "announcement"
    ]


def test_somebody_added_later_belongs_to_the_audience(ledger):
    mailing, _ = started(ledger, count=2)
    assert ledger.deliveries.add(a_delivery(7, mailing=mailing), actor=ACTOR, why="new", at=NOON)

    (standing,) = ledger.progress.of_mailings(since=NOON)

    assert standing.audience == sum(standing.by_status.values()) == 3


def test_a_row_that_is_gone_is_missed_by_the_sum(ledger, ledger_url):
    _, deliveries = started(ledger, count=3)
    database = Database(ledger_url, patience_s=2)
    with database.writing() as connection:
        connection.execute(tables.delivery.delete().where(tables.delivery.c.id == deliveries[1].id))
    database.close()

    (standing,) = ledger.progress.of_mailings(since=NOON)

    assert (standing.audience, sum(standing.by_status.values())) == (3, 2)


@pytest.mark.parametrize(
    ("acceptance", "heard", "minutes", "unheard"),
    [
        (Acceptance.QUEUED, False, 31, 1),
        (Acceptance.QUEUED, True, 31, 0),
        (Acceptance.QUEUED, False, 29, 0),
        (Acceptance.TAKEN, False, 31, 0),
    ],
)
def test_what_a_provider_queued_and_never_reported_on_is_counted(
    ledger, acceptance, heard, minutes, unheard
):
    _, deliveries = started(ledger, count=2)
    settled(ledger, deliveries, Accepted("ok", acceptance=acceptance), Rejected("400"))
    if heard:
        # A soft bounce leaves the status: the event alone says that it is known.
        ledger.events.record(an_event(EventKind.DEFERRED, delivery_id=deliveries[0].id))

    (standing,) = ledger.progress.of_mailings(
        since=NOON, queued_before=after(minutes=minutes) - (after(minutes=30) - NOON)
    )

    assert standing.without_feedback == unheard


def test_the_mailings_of_a_campaign_are_summed_up_by_state(ledger):
    ahead = [a_mailing(step, campaign="fair", due_at=after(days=day)) for step, day in
             (("second", 2), ("first", 1))]  # fmt: skip
    ledger.mailings.launch(ahead, actor=ACTOR, at=NOON)
    started(ledger, count=1)

    assert ledger.progress.of_campaigns() == [
        MailingsInState("fair", MailingState.SCHEDULED, has_started=False, due_at=after(days=1)),
        MailingsInState("meeting", MailingState.ACTIVE, has_started=True, due_at=NOON),
    ]


def test_the_last_line_about_each_mailing_and_its_state_are_told_apart(ledger):
    first, _deliveries = started(ledger, step="first", count=1)
    started(ledger, step="second", count=1)
    ledger.mailings.change_state(
        first.id, to=MailingState.PAUSED, actor=ACTOR, why="wait", at=after(hours=1)
    )
    ledger.journal.add(at=after(hours=2), actor=ACTOR, action="note", subject="meeting/first")

    paused, active = ledger.progress.of_mailings(since=NOON)

    assert (paused.state_changed_at, paused.last_journal_at) == (after(hours=1), after(hours=2))
    assert (active.state_changed_at, active.last_journal_at) == (NOON, NOON)
