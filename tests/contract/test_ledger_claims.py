"""Which chunk a worker claims, and which are said to be open: one suite for both databases."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mailer.errors import RuleError
from mailer.ledger import open_ledger
from mailer.model.mailings.delivery import Rejected, Uncertain
from mailer.model.mailings.mailing import MailingState
from mailer.operations.sending.suspend import suspend_everything
from tests.counterparts.builders import ACTOR, NOON, after, started, statuses

ROOT = Path(__file__).parents[2]
LEASE_OVER = after(seconds=30)
TWO_CHUNKS = 40


def claimed(ledger, *, now=NOON, worker="w", **options):
    return ledger.sending.claim(worker=worker, now=now, **options)


def opened(ledger, *, now=NOON, at_most=99, **options):
    return ledger.sending.open_chunks(now=now, at_most=at_most, **options)


def ids(claim):
    return [delivery.id for delivery in claim.deliveries]


def braked(ledger, **fields):
    """A mailing of which nobody knows whether its last message was taken."""
    mailing, _ = started(ledger, **fields)
    claim = claimed(ledger)
    ledger.sending.mark(claim, ids(claim)[:1], now=NOON)
    ledger.sending.settle(claim, ids(claim)[0], Uncertain("the line broke"), now=NOON)
    ledger.sending.brake(claim)
    ledger.sending.release(claim, now=NOON)
    return mailing


def test_the_chunks_that_are_open_are_those_that_workers_claim_and_in_that_order(ledger):
    started(ledger, step="a-late", count=TWO_CHUNKS)
    dead = [claimed(ledger, worker=worker).chunk_id for worker in ("dead1", "dead2")]
    started(ledger, step="z-early", count=TWO_CHUNKS, due_at=after(minutes=-2))
    for step in ("b", "c"):
        started(ledger, step=step, count=TWO_CHUNKS, due_at=after(minutes=-1))
    heir = claimed(ledger, now=LEASE_OVER)

    found = opened(ledger, now=LEASE_OVER)

    assert heir.chunk_id in dead
    assert found[0] in dead
    assert opened(ledger, now=LEASE_OVER, at_most=3) == found[:3]
    assert list(found) == [claimed(ledger, now=LEASE_OVER).chunk_id for _ in range(7)]
    assert opened(ledger, now=LEASE_OVER) == ()
    assert claimed(ledger, now=LEASE_OVER) is None


HOLDER = """\
import sys
from mailer.ledger import open_ledger
from tests.counterparts.builders import NOON
ledger = open_ledger(sys.argv[1])
for _ in range(2):
    claim = ledger.sending.claim(worker="dead", now=NOON)
    print(claim.chunk_id, flush=True)
sys.stdin.read()
"""
"""A worker that holds two chunks, with no message on its way: one would be tried alone first."""


def test_the_chunks_that_a_killed_worker_held_are_open_and_taken_before_all_others(
    ledger, ledger_url
):
    started(ledger, step="late", count=TWO_CHUNKS)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(ledger_url)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as worker:
        held = [int(worker.stdout.readline()) for _ in range(2)]
        worker.kill()
    started(ledger, step="early", count=TWO_CHUNKS, due_at=after(minutes=-1))

    open_ones = opened(ledger, now=LEASE_OVER)
    first_two = opened(ledger, now=LEASE_OVER, at_most=2)
    taken = [claimed(ledger, now=LEASE_OVER).chunk_id for _ in range(2)]

    assert len(open_ones) > 2
    assert set(first_two) == set(open_ones[:2]) == set(taken) == set(held)


def test_a_chunk_is_open_again_from_the_instant_at_which_its_lease_ends(ledger):
    started(ledger)
    claim = claimed(ledger)

    assert opened(ledger, now=after(seconds=29)) == ()
    assert opened(ledger, now=LEASE_OVER) == (claim.chunk_id,)


def test_a_chunk_is_open_from_the_instant_at_which_it_has_something_due(ledger):
    started(ledger)
    claim = claimed(ledger)
    ledger.sending.release(claim, now=NOON, hold_until=after(hours=1))

    assert opened(ledger, now=after(minutes=59)) == ()
    assert opened(ledger, now=after(hours=1)) == (claim.chunk_id,)


@pytest.mark.parametrize("state", [MailingState.PAUSED, MailingState.CANCELLED])
def test_nothing_is_open_or_claimed_of_a_mailing_that_was_stopped(ledger, state):
    mailing, _ = started(ledger)

    ledger.mailings.change_state(mailing.id, to=state, actor=ACTOR, why="", at=NOON)

    assert opened(ledger) == ()
    assert claimed(ledger) is None


def test_nothing_is_open_of_a_mailing_from_the_instant_at_which_it_expires(ledger):
    started(ledger, expires_at=after(seconds=20))

    assert opened(ledger, now=after(seconds=19)) != ()
    assert opened(ledger, now=after(seconds=20)) == ()


def test_nothing_is_open_claimed_or_marked_while_everything_is_suspended(ledger):
    started(ledger, count=TWO_CHUNKS)
    claim = claimed(ledger)

    suspend_everything(actor=ACTOR, why="the room", ledger=ledger, now=NOON)

    assert opened(ledger) == ()
    assert claimed(ledger) is None
    assert ledger.sending.mark(claim, ids(claim), now=NOON) == frozenset()


def test_nothing_is_claimed_in_a_copy_of_a_workspace(tmp_path):
    original = open_ledger(f"sqlite:///{tmp_path / 'desk' / 'ledger.db'}")
    started(original)
    original.close()
    shutil.copytree(tmp_path / "desk", tmp_path / "copy")
    copy = open_ledger(f"sqlite:///{tmp_path / 'copy' / 'ledger.db'}")

    with pytest.raises(RuleError, match="nothing leaves from here"):
        claimed(copy)

    copy.close()


@pytest.mark.parametrize(
    ("provider", "found"),
    [("smtp", {"any", "smtp"}), ("sendgrid", {"any", "sendgrid"}), ("file", {"any"})],
)
def test_a_worker_claims_what_leaves_by_its_provider_or_by_any(ledger, provider, found):
    mailings = {
        name: started(ledger, step=name, provider=name.removeprefix("any"))[0].id
        for name in ("any", "smtp", "sendgrid")
    }
    open_ones = opened(ledger, provider=provider)

    claims = [claimed(ledger, provider=provider) for _ in found]

    assert {claim.mailing_id for claim in claims} == {mailings[name] for name in found}
    assert {claim.chunk_id for claim in claims} == set(open_ones)
    assert claimed(ledger, provider=provider) is None


def test_a_worker_without_a_provider_claims_whatever_there_is(ledger):
    for name in ("", "smtp"):
        started(ledger, step=f"by-{name}", provider=name)

    assert len(opened(ledger)) == 2
    assert claimed(ledger)
    assert claimed(ledger)


def test_the_chunks_held_for_another_provider_are_not_counted(ledger):
    started(ledger, provider="smtp", count=TWO_CHUNKS)
    started(ledger, step="other", provider="sendgrid", count=TWO_CHUNKS)

    assert claimed(ledger, provider="sendgrid", at_most=1)
    assert claimed(ledger, provider="sendgrid", at_most=1) is None
    assert claimed(ledger, provider="smtp", at_most=1)
    assert claimed(ledger, provider="smtp", at_most=1) is None
    assert claimed(ledger, provider="smtp", at_most=2)


def test_a_chunk_held_of_a_mailing_for_any_provider_counts_for_each(ledger):
    started(ledger, count=TWO_CHUNKS)

    assert claimed(ledger, provider="smtp", at_most=1)
    assert claimed(ledger, provider="smtp", at_most=1) is None


def test_of_a_braked_mailing_one_delivery_is_claimed_and_nothing_while_it_is(ledger):
    mailing = braked(ledger, count=2 * TWO_CHUNKS)

    probe = claimed(ledger)

    assert (probe.mailing_id, probe.is_probe, len(probe.deliveries)) == (mailing.id, True, 1)
    assert claimed(ledger) is None


def test_a_braked_mailing_waits_for_no_chunk_of_another(ledger):
    mailing = braked(ledger)
    started(ledger, step="other")
    other = claimed(ledger)

    probe = claimed(ledger)

    assert not other.is_probe
    assert probe.mailing_id == mailing.id


def test_a_braked_mailing_is_claimed_after_the_others_and_alone_when_only_probes_are_wanted(ledger):
    mailing = braked(ledger)
    other, _ = started(ledger, step="other", count=TWO_CHUNKS, due_at=after(minutes=-1))
    started(ledger, step="waiting", count=TWO_CHUNKS)

    first, probe = claimed(ledger), claimed(ledger, probing=True)

    assert (first.mailing_id, first.is_probe) == (other.id, False)
    assert (probe.mailing_id, probe.is_probe) == (mailing.id, True)
    assert claimed(ledger, probing=True) is None


def test_a_certain_answer_releases_the_brake(ledger):
    mailing = braked(ledger, count=TWO_CHUNKS)
    probe = claimed(ledger)
    ledger.sending.mark(probe, ids(probe), now=NOON)
    ledger.sending.settle(probe, ids(probe)[0], Rejected("550"), now=NOON)
    ledger.sending.release_brake(probe)
    ledger.sending.release(probe, now=NOON)

    following = claimed(ledger)

    assert not following.is_probe
    assert len(following.deliveries) > 1
    assert sorted({*statuses(ledger, mailing)}) == ["pending", "rejected", "uncertain"]


def test_a_braked_mailing_waits_twice_as_long_after_each_probe_that_is_in_doubt(ledger):
    braked(ledger)
    waits_s = []
    for _ in range(8):
        probe = claimed(ledger)
        waits_s.append(ledger.sending.brake(probe))
        ledger.sending.release(probe, now=NOON)

    assert waits_s == [120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_the_chunks_of_a_mailing_are_open_and_claimed_in_their_order_whenever_they_opened(ledger):
    started(ledger, count=TWO_CHUNKS)
    first, second = claimed(ledger), claimed(ledger)
    ledger.sending.release(second, now=NOON)
    ledger.sending.release(first, now=after(seconds=1))

    assert opened(ledger, now=after(seconds=2)) == (first.chunk_id, second.chunk_id)
    assert claimed(ledger, now=after(seconds=2)).chunk_id == first.chunk_id
