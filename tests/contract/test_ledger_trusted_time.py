"""A clock that jumps: what is followed, what is held, and what moves with it. Both databases."""

from datetime import timedelta
from functools import partial

import pytest

from mailer.clock import WallClock
from mailer.errors import LedgerError, Place, Problem
from mailer.ledger.service.trusted_time import WAITS
from mailer.ledger.storage.definitions.every_table import metadata
from mailer.ledger.storage.definitions.metadata import Instant
from mailer.model.mailings.delivery import Deferred
from mailer.model.mailings.progress import Notice, Task
from mailer.model.mailings.rate_limit import RateLimit
from mailer.model.service.job import JobState
from mailer.operations.alerts.tasks import TaskMonitor
from mailer.operations.jobs import end_abandoned_jobs
from mailer.wording import _
from tests.contract.test_ledger_jobs import a_job
from tests.counterparts import team
from tests.counterparts.builders import ACTOR, NOON, after, started, statuses
from tests.counterparts.settable_clocks import SettableClocks

STAYING = {
    "accepted_finding": {"at"},
    "accreditation": {"asked_at", "at", "card_purge_at", "confirm_by"},
    "accreditation_change": {"at"},
    "amendment": {"drafted_at", "launched_at"},
    "code_generator": {"set_at"},
    "comment": {"at", "closed_at"},
    "comment_answer": {"at"},
    "contact": {"changed_at"},
    "coverage": {"at"},
    "delivery": {"changed_at"},
    "desk_session": {"created_at", "ended_at"},
    "event": {"at", "judged_at", "stored_at"},
    "exported_file": {"made_at"},
    "forgotten": {"at"},
    "home": {"since"},
    "identity": {"linked_at", "seen_at"},
    "job": {"asked_at", "ended_at"},
    "journal": {"at"},
    "kept_form": {"kept_at"},
    "link_key": {"made_at"},
    "list_file": {"at"},
    "mailing": {"due_at", "expires_at", "started_at"},
    "notice": {"found_at", "told_at"},
    "one_time_link": {"created_at", "used_at"},
    "partner_request": {"at", "card_purge_at", "decided_at"},
    "passkey": {"made_at", "used_at"},
    "password": {"set_at"},
    "person": {"disabled_at"},
    "phone_call": {"at"},
    "post": {"received_at"},
    "proposal": {"at", "decided_at"},
    "public_release": {"public_from"},
    "register_look": {"at"},
    "release_withdrawal": {"at"},
    "revision": {"at"},
    "row_decision": {"at"},
    "scratch": {"at"},
    "service_process": {"started_at"},
    "sign_off": {"at"},
    "sign_off_reminder": {"due_at", "sent_at"},
    "strike": {"at"},
    "suppression": {"since", "until"},
    "suspension": {"at"},
    "trusted_time": {"at", "jumped_at"},
    "turn": {"succeeded_at"},
    "waiting_identity": {"asked_at"},
    "waiting_mail": {"claimed_at", "sent_at"},
}
"""When something happened, or an hour that a person chose. No clock that is set moves these."""


@pytest.fixture
def clocks():
    return SettableClocks()


@pytest.fixture
def clock(ledger, clocks):
    clock = WallClock(clocks)
    clock.check(ledger.trusted_time.observe)
    return clock


def noticed(ledger, clock):
    clock.check(ledger.trusted_time.observe)
    return clock.now()


@pytest.mark.parametrize("by_s", [0, 4, -4, 60, 599, -60, -7200, -86400 * 400])
def test_a_clock_set_back_or_forward_a_little_is_followed(ledger, clocks, clock, by_s):
    clocks.is_set(seconds=by_s)

    assert noticed(ledger, clock) == clocks.wall_at


@pytest.mark.parametrize("by", [{"seconds": 601}, {"hours": 2}, {"days": 400}, {"days": 36_500}])
def test_a_jump_forward_is_held_at_once_and_until_it_is_confirmed(ledger, clocks, clock, by):
    clocks.is_set(**by)
    assert clock.now() == NOON  # before anything has noticed it
    clocks.passes(minutes=3)
    assert noticed(ledger, clock) == after(minutes=3)

    ledger.trusted_time.confirm(actor=ACTOR, at=clocks.wall_at)
    assert noticed(ledger, clock) == clocks.wall_at

    actions = [entry.action for entry in ledger.journal.entries("clock")]
    assert actions == ["clock-held", "confirm-clock", "clock-jumped"]


def test_a_clock_that_is_set_right_again_is_held_no_more(ledger, clocks, clock):
    clocks.is_set(hours=5)
    noticed(ledger, clock)
    clocks.passes(minutes=1)
    clocks.is_set(hours=-5)

    assert noticed(ledger, clock) == clocks.wall_at == after(minutes=1)
    assert not any(each.is_held for each in ledger.trusted_time.all())


def test_a_clock_set_back_by_mistake_may_go_forward_again_unasked(ledger, clocks, clock):
    clocks.is_set(hours=-2)
    noticed(ledger, clock)
    clocks.passes(minutes=20)
    clocks.is_set(hours=2)

    assert noticed(ledger, clock) == clocks.wall_at


def test_a_confirmation_is_for_the_jump_that_was_shown_and_for_no_other(ledger, clocks, clock):
    clocks.is_set(hours=1)
    noticed(ledger, clock)
    ledger.trusted_time.confirm(actor=ACTOR, at=clocks.wall_at)
    clocks.is_set(days=365)

    assert noticed(ledger, clock) == NOON


def test_a_program_that_starts_after_the_jump_holds_it_too(ledger, clocks, clock):
    clocks.is_set(hours=3)

    late = WallClock(clocks)

    assert noticed(ledger, late) == NOON
    assert noticed(ledger, clock) == NOON


def test_a_clock_set_back_while_the_machine_was_off_is_noticed(ledger, clocks, clock):
    started(ledger)
    ledger.heartbeat.record(at=clock.now(), task=Task.NOTICES)
    clocks.restarts("second")
    clocks.is_set(hours=-4)

    assert noticed(ledger, WallClock(clocks)) == after(hours=-4)
    assert ledger.sending.claim(worker="w", now=after(hours=-4)) is not None


def test_the_night_that_a_machine_is_off_is_no_jump(ledger, clocks, clock):
    clocks.restarts("second")
    clocks.is_set(hours=14)

    assert noticed(ledger, WallClock(clocks)) == after(hours=14)


def test_a_process_that_only_asks_says_what_the_service_says(ledger, clocks, clock):
    asking = WallClock(clocks)
    asking.follow(ledger.trusted_time.known)
    clocks.is_set(hours=2)

    assert noticed(ledger, clock) == asking.now() == NOON

    ledger.trusted_time.confirm(actor=ACTOR, at=clocks.wall_at)
    clocks.passes(seconds=2)
    assert noticed(ledger, clock) == asking.now() == clocks.wall_at


def test_a_process_that_begins_while_a_jump_is_held_does_not_follow_it(ledger, clocks, clock):
    clocks.is_set(hours=24)
    noticed(ledger, clock)
    late = WallClock(clocks)
    assert late.now() == after(hours=24)

    late.follow(ledger.trusted_time.known)

    assert late.now() == NOON


def test_a_process_that_asks_a_ledger_that_has_seen_nothing_goes_by_what_it_has_seen(
    ledger, clocks
):
    asking = WallClock(clocks)
    asking.follow(ledger.trusted_time.known)

    clocks.is_set(hours=2)

    assert asking.now() == NOON
    assert asking.possible_times() == (NOON, after(hours=2))


def test_a_clock_whose_ledger_does_not_answer_goes_on_as_before(clocks):
    def silent(reading):
        raise LedgerError(Problem(Place("ledger.db"), _("no answer"), _("wait")))

    clock = WallClock(clocks)
    clock.follow(silent)
    clocks.is_set(hours=2)

    assert clock.now() == NOON


# The stored waits


@pytest.mark.parametrize("by", [{"hours": -2}, {"minutes": 9}, {"days": -30}])
def test_every_stored_wait_moves_with_the_clock(ledger, clocks, clock, by):
    mailing, deliveries = started(ledger, count=3)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [deliveries[0].id], now=NOON)
    ledger.sending.settle(claim, deliveries[0].id, Deferred("451", retry_after_s=900), now=NOON)
    ledger.sending.release(claim, now=NOON, hold_until=after(minutes=10))
    limit = RateLimit("minute", 60.0)
    ledger.rate_limits.reserve([limit], patience_s=5, now=NOON)
    ledger.notices.insert([Notice("k", "what", "remedy", after(minutes=1))])
    by = timedelta(**by)
    clocks.is_set(seconds=by.total_seconds())

    now = noticed(ledger, clock)

    def in_minutes(minutes):
        return now + timedelta(minutes=minutes)

    assert ledger.mailings.next_due_at() == in_minutes(10)
    assert ledger.sending.claim(worker="w", now=in_minutes(9)) is None
    again = ledger.sending.claim(worker="w", now=in_minutes(11))
    assert {each.id for each in again.deliveries} == {each.id for each in deliveries[1:]}
    ledger.sending.release(again, now=in_minutes(11))
    assert ledger.sending.claim(worker="w", now=in_minutes(15)).deliveries[0].id == deliveries[0].id
    assert ledger.rate_limits.reserve([limit], patience_s=5, now=now).wait_s == pytest.approx(60)
    assert ledger.notices.take(now=now, until=in_minutes(30)) == []
    assert ledger.notices.take(now=in_minutes(1), until=in_minutes(30))
    assert mailing.due_at == ledger.mailings.get(mailing.id).due_at


def test_every_instant_is_a_wait_that_moves_or_an_hour_that_stays():
    instants = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Instant)
    }
    waits = {(column.table.name, column.name) for column in WAITS}
    staying = {(table, column) for table, columns in STAYING.items() for column in columns}

    assert waits | staying == instants
    assert not waits & staying


@pytest.mark.parametrize("by", [{"hours": -2}, {"minutes": 9}])
def test_what_a_dead_process_had_claimed_is_free_when_it_would_have_been(ledger, clocks, clock, by):
    ledger.jobs.add(a_job())
    ledger.jobs.claim(worker="dead", lease_until=after(minutes=10))
    claim = partial(ledger.sign_off_reminders.claim, "meeting", "claire", due_at=after(days=1))
    assert claim(at=NOON)
    clocks.is_set(**by)

    now = noticed(ledger, clock)

    end_abandoned_jobs(ledger=ledger, now=now + timedelta(minutes=9))
    assert ledger.jobs.get("first").state is JobState.RUNNING
    end_abandoned_jobs(ledger=ledger, now=now + timedelta(minutes=11))
    assert ledger.jobs.get("first").state is not JobState.RUNNING
    assert not claim(at=now + timedelta(minutes=1))
    assert claim(at=now + timedelta(days=1))


@pytest.mark.parametrize("by", [{"hours": -2}, {"minutes": 9}])
def test_a_session_ends_after_as_long_as_before(ledger, clocks, clock, by):
    ledger.team.add([team.ADA], actor=ACTOR, at=NOON)
    ledger.sign_ins.add_link(team.a_link(), actor=ACTOR)
    ledger.sign_ins.open_session(team.a_session(), actor=ACTOR)
    before = ledger.sign_ins.session(team.a_session().token_hash)
    clocks.is_set(**by)

    moved = noticed(ledger, clock) - NOON

    now = ledger.sign_ins.session(team.a_session().token_hash)
    assert (now.seen_at, now.expires_at) == (before.seen_at + moved, before.expires_at + moved)


def test_the_lease_of_a_dead_worker_does_not_last_for_as_long_as_the_clock_was_set_back(
    ledger, clocks, clock
):
    mailing, deliveries = started(ledger, count=2)
    claim = ledger.sending.claim(worker="dead", now=NOON)
    ledger.sending.mark(claim, [deliveries[0].id], now=NOON)
    clocks.is_set(hours=-2)

    now = noticed(ledger, clock)

    assert ledger.sending.claim(worker="heir", now=now + timedelta(seconds=29)) is None
    assert ledger.sending.claim(worker="heir", now=now + timedelta(seconds=31)) is not None
    assert statuses(ledger, mailing) == ["uncertain", "pending"]


@pytest.mark.parametrize("by", [{"hours": -2}, {"minutes": 9}, {"hours": 2}])
def test_after_a_jump_no_task_seems_to_have_done_nothing(ledger, clocks, clock, by):
    ledger.heartbeat.begin({Task.MAILBOX: 300, Task.NOTICES: 30}, at=clock.now())
    ledger.heartbeat.record(at=clock.now())
    clocks.is_set(**by)
    noticed(ledger, clock)
    ledger.trusted_time.confirm(actor=ACTOR, at=clocks.wall_at)

    now = noticed(ledger, clock)

    assert {state.ended_at for state in ledger.heartbeat.tasks()} == {now}


@pytest.mark.parametrize("by", [{"hours": -2}, {"minutes": 9}])
def test_a_round_that_ends_before_a_jump_is_noticed_seems_not_to_have_ended_long_ago(
    ledger, clocks, clock, by
):
    check = partial(clock.check, ledger.trusted_time.observe)
    monitor = TaskMonitor(lambda: ledger, clock, lambda _error: None, check)
    ledger.heartbeat.begin({Task.MAILBOX: 300, Task.POSTS: 2}, at=clock.now())

    clocks.is_set(**by)
    monitor.run(Task.MAILBOX, lambda: None)
    monitor.fail(Task.POSTS, LedgerError(Problem(Place("posts"), _("Gone."), _("Wait."))))
    now = noticed(ledger, clock)

    states = {state.task: state for state in ledger.heartbeat.tasks()}
    assert states[Task.MAILBOX].ended_at == states[Task.POSTS].failing_since == now


def test_of_several_programs_that_notice_a_jump_one_moves_the_waits(ledger, clocks, clock):
    started(ledger)
    other = WallClock(clocks)
    other.check(ledger.trusted_time.observe)
    clocks.is_set(hours=-2)
    noticed(ledger, clock)
    clocks.passes(seconds=1)
    noticed(ledger, other)

    assert ledger.mailings.next_due_at() == after(hours=-2)
    assert [entry.action for entry in ledger.journal.entries("clock")] == ["clock-jumped"]


def test_what_a_machine_slept_through_counts_for_no_task(ledger):
    ledger.heartbeat.begin({Task.MAILBOX: 300, Task.NOTICES: 30}, at=NOON)
    ledger.heartbeat.record(at=after(hours=9, seconds=2), task=Task.NOTICES)

    ledger.heartbeat.wake(at=after(hours=9))

    assert {state.task: state.ended_at for state in ledger.heartbeat.tasks()} == {
        Task.MAILBOX: after(hours=9),
        Task.NOTICES: after(hours=9, seconds=2),
    }
