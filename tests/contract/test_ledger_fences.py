"""A chunk is marked only by the worker that holds it, and a row settled only by its marker."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Barrier

import pytest

from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from mailer.ledger.sending.group_commit import write_group
from mailer.ledger.sending.requests import Mark
from mailer.ledger.storage.database import Database
from mailer.ledger.storage.sender_lock import SenderLock
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import (
    SUPERSEDED,
    SUPERSEDED_NOTE,
    Accepted,
    Deferred,
    DeliveryStatus,
    Rejected,
    Stage,
    Uncertain,
)
from mailer.model.mailings.mailing import MailingState
from tests.counterparts.builders import NOON, after, an_actor, started, statuses

SOON = after(seconds=1)
LEASE_OVER = after(seconds=31)


def claimed(ledger, *, now=NOON, worker="w1"):
    return ledger.sending.claim(worker=worker, now=now)


def ids(claim):
    return [delivery.id for delivery in claim.deliveries]


def statuses_of_claim(ledger, claim):
    return {ledger.deliveries.find(each).status.value for each in ids(claim)}


@pytest.mark.parametrize(
    "outcome", [Accepted("250 ok"), Rejected("550"), Deferred("451"), Uncertain("timed out")]
)
def test_an_outcome_of_a_worker_that_was_replaced_before_it_marked_is_not_believed(ledger, outcome):
    mailing, _ = started(ledger)
    frozen = claimed(ledger)
    heir = claimed(ledger, worker="w2", now=LEASE_OVER)
    ledger.sending.mark(heir, ids(heir), now=LEASE_OVER)

    ledger.sending.settle(frozen, ids(frozen)[0], outcome, now=LEASE_OVER)
    ledger.sending.release(frozen, now=LEASE_OVER)

    assert statuses(ledger, mailing) == ["sending"] * 3


def test_an_outcome_without_a_mark_is_not_believed(ledger):
    mailing, _ = started(ledger)
    claim = claimed(ledger)

    ledger.sending.settle(claim, ids(claim)[0], Accepted("250 ok"), now=SOON)
    ledger.sending.settle(claim, ids(claim)[1], Rejected("550"), now=SOON)
    ledger.sending.release(claim, now=SOON)

    assert statuses(ledger, mailing) == ["pending"] * 3


def test_a_replaced_worker_s_mark_is_refused_even_in_one_group_with_its_heir_s(ledger, ledger_url):
    started(ledger)
    frozen = claimed(ledger)
    heir = claimed(ledger, worker="w2", now=LEASE_OVER)
    database = Database(ledger_url, patience_s=2)
    marks = [Mark(claim, ids(frozen), LEASE_OVER, SimpleQueue()) for claim in (frozen, heir)]

    with database.writing() as connection:
        granted = write_group(connection, settlements=[], marks=marks)
    database.close()

    assert [granted_ids for _, granted_ids in granted] == [frozenset(), frozenset(ids(frozen))]


def test_a_settled_row_stays_as_it_was_settled(ledger):
    mailing, _ = started(ledger)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim)[:2], now=SOON)
    ledger.sending.settle(claim, ids(claim)[0], Rejected("550 no"), now=SOON)
    ledger.sending.settle(claim, ids(claim)[1], Accepted("250 ok"), now=SOON)
    ledger.sending.mark(claim, ids(claim)[2:], now=SOON)  # in the same commit

    ledger.sending.settle(claim, ids(claim)[0], Accepted("250 ok"), now=SOON)
    ledger.sending.settle(claim, ids(claim)[1], Rejected("550 no"), now=SOON)
    ledger.sending.release(claim, now=SOON)

    assert statuses(ledger, mailing)[:2] == ["rejected", "accepted"]


def test_a_release_of_a_replaced_worker_leaves_its_heir_s_marks_alone(ledger):
    mailing, _ = started(ledger)
    frozen = claimed(ledger)
    heir = claimed(ledger, worker="w2", now=LEASE_OVER)
    ledger.sending.mark(heir, ids(heir), now=LEASE_OVER)

    ledger.sending.release(frozen, now=LEASE_OVER, hold_until=after(hours=1))

    assert statuses(ledger, mailing) == ["sending"] * 3
    assert ledger.sending.renew(heir, now=LEASE_OVER)


@pytest.mark.parametrize(
    ("now", "is_free"), [(after(seconds=29), False), (after(seconds=30), True)]
)
def test_a_lease_ends_with_its_last_instant(ledger, now, is_free):
    started(ledger)
    claimed(ledger)

    assert bool(claimed(ledger, worker="w2", now=now)) is is_free


@pytest.mark.parametrize(("late_s", "is_open"), [(-1, True), (0, False)])
def test_nothing_is_claimed_marked_or_renewed_from_the_instant_a_mailing_expires(
    ledger, late_s, is_open
):
    ends_at = after(seconds=20)
    now = after(seconds=20 + late_s)
    started(ledger, expires_at=ends_at)
    claim = claimed(ledger)

    assert bool(ledger.sending.renew(claim, now=now)) is is_open
    assert bool(ledger.sending.mark(claim, ids(claim)[:1], now=now)) is is_open
    ledger.sending.release(claim, now=now)
    assert bool(claimed(ledger, worker="w2", now=now)) is is_open


def test_a_deferred_row_is_due_at_its_instant_and_not_before(ledger):
    started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=NOON)
    ledger.sending.settle(claim, ids(claim)[0], Deferred("451", retry_after_s=60), now=NOON)
    ledger.sending.release(claim, now=NOON)

    assert claimed(ledger, now=after(seconds=59)) is None
    assert ids(claimed(ledger, now=after(seconds=60))) == ids(claim)


def test_each_mark_counts_an_attempt_under_its_claim(ledger):
    _, (delivery,) = started(ledger, count=1)
    for attempt in (1, 2):
        claim = claimed(ledger, now=after(minutes=attempt))
        ledger.sending.mark(claim, ids(claim), now=after(minutes=attempt))
        ledger.sending.settle(claim, delivery.id, Deferred("451"), now=after(minutes=attempt))
        ledger.sending.release(claim, now=after(minutes=attempt))

        assert ledger.deliveries.find(delivery.id).attempt == attempt


def test_a_hold_keeps_back_the_mailing_of_its_claim_and_no_other(ledger):
    started(ledger, count=1)
    started(ledger, step="reminder", count=1)
    claim = claimed(ledger)

    ledger.sending.release(claim, now=NOON, hold_until=after(hours=1))

    other = claimed(ledger)
    assert other.mailing_id != claim.mailing_id
    assert claimed(ledger) is None


def test_a_hold_brings_nothing_forward(ledger):
    started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=NOON)
    ledger.sending.settle(claim, ids(claim)[0], Deferred("451", retry_after_s=7200), now=NOON)

    ledger.sending.release(claim, now=NOON, hold_until=after(hours=1))

    assert claimed(ledger, now=after(hours=1)) is None
    assert claimed(ledger, now=after(hours=2))


def test_a_pause_leaves_the_mailing_of_another_step_going(ledger):
    mailing, _ = started(ledger)
    other, _ = started(ledger, step="reminder")
    first, second = claimed(ledger), claimed(ledger, worker="w2")
    ledger.mailings.change_state(
        mailing.id, to=MailingState.PAUSED, actor=an_actor("Ada"), why="", at=SOON
    )

    granted = {
        claim.mailing_id: len(ledger.sending.mark(claim, ids(claim), now=SOON))
        for claim in (first, second)
    }

    assert granted == {mailing.id: 0, other.id: 3}
    assert not ledger.sending.renew(first, now=SOON)
    assert ledger.sending.renew(second, now=SOON)


def test_a_chunk_that_was_given_back_is_no_longer_its_worker_s(ledger):
    mailing, _ = started(ledger)
    claim = claimed(ledger)
    ledger.sending.release(claim, now=NOON)

    assert not ledger.sending.renew(claim, now=SOON)
    ledger.sending.release(claim, now=SOON, hold_until=after(hours=1))
    assert claimed(ledger, now=SOON).mailing_id == mailing.id


def test_the_mailing_that_is_due_first_goes_first_whatever_it_is_called(ledger):
    started(ledger, step="a-late-one", count=1, due_at=after(minutes=-1))
    early, _ = started(ledger, step="b-early-one", count=1, due_at=after(minutes=-2))

    assert claimed(ledger).mailing_id == early.id


def test_the_chunks_of_a_process_that_is_gone_are_taken_over_at_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    before = open_ledger(url)
    mailing, _ = started(before)
    claim = claimed(before)
    before.sending.mark(claim, ids(claim)[:1], now=NOON)
    before.close()

    now = open_ledger(url)
    heir = claimed(now, worker="w2", now=SOON)
    assert (heir.chunk_id, heir.epoch) == (claim.chunk_id, claim.epoch + 2)
    assert heir.is_probe  # somebody is in doubt
    assert sorted(statuses(now, mailing)) == ["pending", "pending", "uncertain"]
    now.close()


def test_a_process_that_was_not_alone_at_its_first_claim_never_takes_over_at_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    other, ours = open_ledger(url), open_ledger(url)
    for step in ("first", "second", "third"):
        started(ours, step=step)
    theirs = claimed(other)
    mine = claimed(ours, worker="w2")
    assert other.sending.renew(theirs, now=SOON)
    other.close()

    claimed(ours, worker="w3")

    assert ours.sending.renew(mine, now=SOON)
    ours.close()


def test_nothing_is_claimed_while_another_process_takes_back_what_dead_ones_held(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("mailer.ledger.storage.sender_lock._TRIES", 2)
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    started(ledger)
    other = SenderLock(tmp_path / "ledger.db")
    assert other.nobody_else_sends()

    with pytest.raises(LedgerError, match="Another program"):
        claimed(ledger)
    other.release()

    assert claimed(ledger) is not None
    ledger.close()


def test_no_chunk_is_claimed_on_a_disk_that_is_nearly_full(small_disk):
    ledger = open_ledger(f"sqlite:///{small_disk / 'ledger.db'}")
    started(ledger)
    (small_disk / "filling").write_bytes(bytes(20 * 2**20))

    with pytest.raises(LedgerError):
        claimed(ledger)

    (small_disk / "filling").unlink()
    assert claimed(ledger)
    ledger.close()


def changed_at(ledger, delivery_id):
    return ledger.deliveries.find(delivery_id).changed_at


def test_a_delivery_says_when_it_last_changed(ledger):
    started(ledger, count=4)
    claim = claimed(ledger)
    taken, refused, resolved, left = ids(claim)

    ledger.sending.mark(claim, [taken], now=after(seconds=1))
    assert changed_at(ledger, taken) == after(seconds=1)
    ledger.sending.settle(claim, taken, Accepted("250"), now=after(seconds=2))
    ledger.sending.mark(claim, [refused, resolved, left], now=after(seconds=2))
    ledger.sending.settle(claim, refused, Rejected("550"), now=after(seconds=3))
    ledger.sending.release(claim, now=after(seconds=4))
    ledger.uncertain.resolve(
        [resolved], resend=False, actor=an_actor("Ada"), why="", at=after(seconds=5)
    )

    assert [changed_at(ledger, each) for each in (taken, refused, resolved, left)] == [
        after(seconds=seconds) for seconds in (2, 3, 5, 4)
    ]


def test_only_what_is_unsent_in_its_own_chunk_is_postponed(ledger):
    started(ledger)
    started(ledger, step="reminder")
    claim, other = claimed(ledger), claimed(ledger, worker="w2")
    taken, waiting, _ = ids(claim)
    ledger.sending.mark(claim, [taken], now=NOON)
    ledger.sending.settle(claim, taken, Accepted("250"), now=NOON)
    until = dict.fromkeys([taken, waiting, ids(other)[0]], after(hours=1))

    ledger.sending.release(claim, now=NOON)
    before = changed_at(ledger, ids(other)[0])
    ledger.sending.postpone(claim, until, now=SOON)

    assert changed_at(ledger, waiting) == SOON
    assert changed_at(ledger, taken) == NOON
    assert changed_at(ledger, ids(other)[0]) == before != SOON


@pytest.mark.parametrize("is_recovered", [True, False])
def test_a_chunk_of_a_dead_worker_goes_before_an_earlier_mailing_and_one_given_back_does_not(
    ledger, is_recovered
):
    late, _ = started(ledger, step="late", due_at=after(minutes=-1))
    claim = claimed(ledger)
    if not is_recovered:
        ledger.sending.release(claim, now=LEASE_OVER)
    early, _ = started(ledger, step="early", due_at=after(minutes=-2))

    following = claimed(ledger, worker="w2", now=LEASE_OVER)

    assert following.mailing_id == (late.id if is_recovered else early.id)


def test_an_outcome_handed_over_before_the_end_is_in_the_ledger_when_it_is_closed(tmp_path):
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    ledger, reader = open_ledger(url), open_ledger(url)
    mailing, _ = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=NOON)

    ledger.sending.settle(claim, ids(claim)[0], Accepted("250"), now=NOON)
    ledger.close()

    assert statuses(reader, mailing) == ["accepted"]
    reader.close()


def test_a_mailing_that_has_just_begun_does_not_wait_for_the_end_of_a_long_one(ledger):
    long, _ = started(ledger, step="a", count=75)
    short, _ = started(ledger, step="b", count=30, due_at=after(minutes=1))

    order = [claimed(ledger, worker=f"w{number}").mailing_id for number in range(5)]

    assert order == [short.id] * 2 + [long.id] * 3


def test_of_two_mailings_due_together_one_is_finished_before_the_other_begins(ledger):
    first, _ = started(ledger, step="a", count=60)
    second, _ = started(ledger, step="b", count=60)

    order = [claimed(ledger, worker=f"w{number}").mailing_id for number in range(6)]

    assert order in ([first.id] * 3 + [second.id] * 3, [second.id] * 3 + [first.id] * 3)


def test_a_mark_that_cannot_be_written_is_an_error_and_its_rows_are_put_back_later(tmp_path):
    path = tmp_path / "ledger.db"
    ledger = open_ledger(f"sqlite:///{path}", patience_s=0.2)
    mailing, _ = started(ledger)
    claim = claimed(ledger)
    somebody_else = sqlite3.connect(path, isolation_level=None)
    somebody_else.execute("BEGIN IMMEDIATE")

    with pytest.raises(LedgerError):
        ledger.sending.mark(claim, ids(claim), now=SOON)
    somebody_else.execute("ROLLBACK")
    ledger.sending.release(claim, now=SOON)

    assert statuses(ledger, mailing) == ["pending"] * 3
    assert len(ids(claimed(ledger, now=SOON))) == 3
    somebody_else.close()
    ledger.close()


def test_a_release_that_comes_while_nothing_can_be_written_is_an_error(tmp_path):
    path = tmp_path / "ledger.db"
    ledger = open_ledger(f"sqlite:///{path}", patience_s=0.2)
    mailing, _ = started(ledger)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=SOON)
    somebody_else = sqlite3.connect(path, isolation_level=None)
    somebody_else.execute("BEGIN IMMEDIATE")

    ledger.sending.settle(claim, ids(claim)[0], Accepted("250"), now=SOON)
    with pytest.raises(LedgerError):
        ledger.sending.release(claim, now=SOON)
    somebody_else.execute("ROLLBACK")
    ledger.sending.release(claim, now=SOON)

    assert statuses(ledger, mailing) == ["accepted", "uncertain", "uncertain"]
    somebody_else.close()
    ledger.close()


def test_what_a_dead_worker_left_sending_in_its_chunk_is_uncertain_and_no_other_s(ledger):
    started(ledger)
    started(ledger, step="reminder")
    dead, living = claimed(ledger), claimed(ledger, worker="w2", now=after(seconds=20))
    for claim in (dead, living):
        ledger.sending.mark(claim, ids(claim), now=after(seconds=20))

    claimed(ledger, worker="w3", now=LEASE_OVER)

    assert statuses_of_claim(ledger, dead) == {"uncertain"}
    assert statuses_of_claim(ledger, living) == {"sending"}
    assert {changed_at(ledger, each) for each in ids(dead)} == {LEASE_OVER}


def test_the_latest_of_a_group_decides_whether_its_mailing_has_expired(ledger, ledger_url):
    started(ledger, expires_at=after(seconds=20))
    claim = claimed(ledger)
    database = Database(ledger_url, patience_s=2)
    marks = [
        Mark(claim, [delivery_id], now, SimpleQueue())
        for delivery_id, now in zip(ids(claim), (NOON, after(seconds=20)), strict=False)
    ]

    with database.writing() as connection:
        granted = write_group(connection, settlements=[], marks=marks)
    database.close()

    assert [granted_ids for _, granted_ids in granted] == [frozenset(), frozenset()]


def test_a_deferral_opens_no_chunk_but_its_own(ledger):
    started(ledger, step="held", count=1)
    ledger.sending.release(claimed(ledger), now=NOON, hold_until=after(hours=1))
    other, _ = started(ledger, step="other", count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=NOON)
    ledger.sending.settle(claim, ids(claim)[0], Deferred("451", retry_after_s=60), now=NOON)
    ledger.sending.release(claim, now=NOON)

    assert claimed(ledger, now=after(seconds=60)).mailing_id == other.id
    assert claimed(ledger, now=after(seconds=60)) is None


@pytest.mark.parametrize("end", [MailingState.DONE, MailingState.CANCELLED])
def test_a_deferral_that_is_not_believed_cancels_nothing_and_reopens_nothing(ledger, end):
    mailing, (delivery,) = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, [delivery.id], now=NOON)
    ledger.sending.settle(claim, delivery.id, Accepted("250"), now=NOON)
    ledger.sending.release(claim, now=NOON)
    if end is MailingState.DONE:
        ledger.mailings.finish(NOON)
    else:
        ledger.mailings.change_state(mailing.id, to=end, actor=an_actor("Ada"), why="", at=NOON)

    ledger.sending.settle(claim, delivery.id, Deferred("451"), now=SOON)
    ledger.sending.release(claim, now=SOON)

    assert statuses(ledger, mailing) == ["accepted"]
    assert ledger.mailings.get(mailing.id).state is end


def test_a_deferral_of_a_mailing_that_a_newer_version_superseded_says_so(ledger):
    mailing, (delivery,) = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, [delivery.id], now=NOON)
    ledger.mailings.change_state(
        mailing.id,
        to=MailingState.CANCELLED,
        actor=an_actor("Ada"),
        why=SUPERSEDED_NOTE,
        at=NOON,
    )

    ledger.sending.settle(claim, delivery.id, Deferred("451"), now=SOON)
    ledger.sending.release(claim, now=SOON)

    found = ledger.deliveries.find(delivery.id)
    assert (found.status, found.reply) == (DeliveryStatus.CANCELLED, SUPERSEDED)


def test_a_deferral_without_a_time_is_due_at_once(ledger):
    started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=NOON)
    ledger.sending.settle(claim, ids(claim)[0], Deferred("451"), now=NOON)
    ledger.sending.release(claim, now=NOON)

    assert ids(claimed(ledger, now=NOON)) == ids(claim)


def test_a_refusal_keeps_where_it_came_and_after_how_many_tries_it_was_given_up(ledger):
    _, (refused, given_up) = started(ledger, count=2)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=NOON)
    ledger.sending.settle(claim, refused.id, Rejected("550", Stage.RECIPIENT), now=NOON)
    ledger.sending.settle(claim, given_up.id, Rejected("451", given_up_after=5), now=NOON)
    ledger.sending.release(claim, now=NOON)

    first, second = (ledger.deliveries.find(each.id) for each in (refused, given_up))
    assert (first.stage, first.given_up_after) == (Stage.RECIPIENT, None)
    assert (second.stage, second.given_up_after) == (None, 5)


def test_a_refusal_while_sending_is_a_fact_of_its_delivery_alone(ledger):
    started(ledger, count=2)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim), now=NOON)
    ledger.sending.settle(claim, ids(claim)[0], Rejected("550 no"), now=SOON)
    ledger.sending.settle(claim, ids(claim)[1], Deferred("451"), now=SOON)
    ledger.sending.release(claim, now=SOON)

    (event,) = ledger.events.all()

    assert (event.kind, event.delivery_id) == (EventKind.REJECTED, ids(claim)[0])
    assert (event.quote, event.at) == ("550 no", SOON)


def test_two_who_hold_a_mailing_back_at_one_moment_wait_for_each_other_in_turn(ledger):
    started(ledger, count=100)  # four chunks
    start = Barrier(4)

    def give_back(claim, now):
        start.wait()
        ledger.sending.release(claim, now=now, hold_until=now)

    with ThreadPoolExecutor(4) as threads:
        for number in range(25):
            now = after(seconds=number)
            claims = [claimed(ledger, now=now, worker=f"w{each}") for each in range(4)]
            assert None not in claims
            for given_back in [threads.submit(give_back, each, now) for each in claims]:
                given_back.result()
