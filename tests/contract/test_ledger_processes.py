"""The register of the processes of the service, and whose clock rules. Both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

import psycopg
import pytest

from mailer.clock import SimulatedClock, WallClock
from mailer.errors import RuleError
from mailer.ledger import open_ledger
from mailer.model.mailings.rate_limit import RateLimit
from mailer.model.service.service_process import ServiceProcess
from mailer.operations.sending.membership import Membership, present_processes
from tests.counterparts.builders import NOON, after, started, statuses
from tests.counterparts.settable_clocks import SettableClocks

with_a_clock = pytest.mark.parametrize("ledger_url", ["postgresql"], indirect=True)
PROCESS = ServiceProcess("a:1:x", "a", "1.0", ("send", "clock"), NOON, NOON)


def test_a_process_is_there_until_it_leaves_or_was_silent_for_long(ledger):
    ledger.processes.note(PROCESS)
    ledger.processes.note(replace(PROCESS, id="b:1:y", host="b", seen_at=after(seconds=60)))
    ledger.processes.note(replace(PROCESS, seen_at=after(seconds=5)))

    assert ledger.processes.all()[0] == replace(PROCESS, seen_at=after(seconds=5))
    assert [each.host for each in present_processes(ledger=ledger, now=after(seconds=90))] == [
        "a",
        "b",
    ]
    assert [each.host for each in present_processes(ledger=ledger, now=after(seconds=100))] == ["b"]
    ledger.processes.forget("b:1:y")
    ledger.processes.note(replace(PROCESS, id="c:1:z", host="c", seen_at=after(days=2)))
    assert [each.host for each in ledger.processes.all()] == ["c"]


def test_the_register_says_how_many_chunks_each_holds(ledger):
    started(ledger, count=1200)
    ledger.processes.note(PROCESS)
    for _chunk in range(2):
        ledger.sending.claim(worker=PROCESS.id, now=NOON)
    ledger.sending.claim(worker="another", now=NOON)

    assert [each.chunks for each in ledger.processes.all()] == [2]


@pytest.fixture
def shared(ledger, ledger_url):
    """The same ledger, opened by a host whose database has a clock of its own."""
    shared = open_ledger(ledger_url, lease_s=30, has_clock=True)
    yield shared
    shared.close()


def now_and(**more):
    return datetime.now(UTC) + timedelta(**more)


@with_a_clock
@pytest.mark.parametrize("off_s", [-7200, -120, 120, 7200], ids=str)
def test_leases_and_due_times_go_by_the_clock_of_the_database(ledger, shared, off_s):
    # Measure (c) of several hosts: a clock that is off leaves nobody in doubt.
    expires_at = now_and(hours=1)
    mailing, deliveries = started(ledger, count=600, expires_at=expires_at)
    wrong = now_and(seconds=off_s)
    claim = ledger.sending.claim(worker="right", now=datetime.now(UTC))
    ledger.sending.mark(claim, [deliveries[0].id], now=datetime.now(UTC))

    taken, *others = iter(lambda: shared.sending.claim(worker="wrong", now=wrong), None)
    granted = shared.sending.mark(taken, [taken.deliveries[0].id], now=wrong)

    assert granted == {taken.deliveries[0].id}
    assert claim.chunk_id not in {each.chunk_id for each in (taken, *others)}
    assert now_and(seconds=25) < taken.lease_until < now_and(seconds=35)
    assert shared.sending.renew(taken, now=wrong)
    assert shared.sending.open_chunks(now=wrong, at_most=9) == ()
    assert statuses(ledger, mailing).count("uncertain") == 0
    assert shared.mailings.finish(wrong) == []


@with_a_clock
def test_a_lease_renewed_after_a_long_wait_for_its_row_begins_when_it_was_got(
    ledger, shared, ledger_url
):
    # Trap I2: `now()` is when the transaction began.
    started(ledger, expires_at=now_and(hours=1))
    claim = shared.sending.claim(worker="w", now=NOON)
    with psycopg.connect(ledger_url) as other:
        other.execute("SELECT 1 FROM chunk FOR UPDATE")
        renewing = Thread(target=shared.sending.renew, args=[claim], kwargs={"now": NOON})
        renewing.start()
        other.execute("SELECT pg_sleep(2)")
        released_at = now_and()
        other.rollback()
        renewing.join()
        (until,) = other.execute("SELECT lease_until FROM chunk").fetchone()

    assert until >= released_at + timedelta(seconds=30)


@with_a_clock
def test_a_pace_is_kept_by_hosts_whose_clocks_differ(ledger, shared):
    limit = RateLimit("relay", interval_s=10)
    first = shared.rate_limits.reserve([limit], patience_s=100, now=now_and(seconds=-4))
    second = shared.rate_limits.reserve([limit], patience_s=100, now=now_and(seconds=4))

    assert first.wait_s <= 0
    assert 9 < second.wait_s <= 10


@with_a_clock
@pytest.mark.parametrize(("off_s", "works"), [(0, True), (4, True), (-4, True), (120, False)])
def test_a_host_whose_clock_is_off_refuses_to_work_and_the_register_says_why(shared, off_s, works):
    membership = Membership(PROCESS, lambda: shared, SimulatedClock(now_and(seconds=off_s)))

    if works:
        membership.require()
    else:
        with pytest.raises(RuleError, match="ahead of the database"):
            membership.require()

    (found,) = shared.processes.all()
    assert bool(found.trouble) is not works


@with_a_clock
def test_the_clock_of_one_host_that_jumps_moves_no_wait_of_the_others(ledger, shared):
    started(ledger, expires_at=now_and(hours=1))
    claim = shared.sending.claim(worker="w", now=NOON)
    clocks = SettableClocks()
    clock = WallClock(clocks)
    clock.check(shared.trusted_time.observe)
    clocks.is_set(seconds=300)
    clock.check(shared.trusted_time.observe)

    assert shared.mailings.next_due_at() == claim.lease_until


def test_all_workers_together_hold_no_more_chunks_than_the_relay_takes_connections(
    ledger, ledger_url
):
    started(ledger, count=3000)
    other = open_ledger(ledger_url)
    claims = []

    def claim(ledger):
        claims.append(ledger.sending.claim(worker="w", now=NOON, at_most=3))

    threads = [Thread(target=claim, args=[each]) for each in (ledger, other) * 4]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    held = [each for each in claims if each is not None]
    other.sending.release(held[0], now=NOON)

    assert len(held) == 3
    assert ledger.sending.claim(worker="w", now=NOON, at_most=3) is not None
    assert ledger.sending.claim(worker="w", now=NOON, at_most=3) is None
    other.close()
