"""Rate limits for all workers and across restarts: one suite for both databases."""

import threading

from mailer.ledger import open_ledger
from mailer.model.mailings.rate_limit import RateLimit, Reservation
from tests.counterparts.builders import NOON, after, started

SECOND = RateLimit("minute", 1.0)
ORANGE = RateLimit("domain:orange", 10.0)


def test_slots_follow_each_other(ledger):
    waits = [ledger.rate_limits.reserve([SECOND], patience_s=9, now=NOON).wait_s for _ in range(4)]

    assert waits == [0, 1, 2, 3]
    assert ledger.rate_limits.reserve([SECOND], patience_s=9, now=after(seconds=60)).wait_s == 0


def test_a_slot_too_far_off_is_not_taken(ledger):
    ledger.rate_limits.reserve([SECOND, ORANGE], patience_s=5, now=NOON)

    for _ in range(3):
        assert ledger.rate_limits.reserve([SECOND, ORANGE], patience_s=5, now=NOON) == Reservation(
            10, ORANGE.key
        )
    assert ledger.rate_limits.reserve([SECOND], patience_s=5, now=NOON) == Reservation(
        1, SECOND.key
    )


def test_the_pace_holds_across_restarts_and_workers(ledger, ledger_url):
    other = open_ledger(ledger_url)
    waits = []

    def work(its):
        waits.extend(
            its.rate_limits.reserve([SECOND], patience_s=60, now=NOON).wait_s for _ in range(10)
        )

    threads = [threading.Thread(target=work, args=(its,)) for its in (ledger, ledger, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()

    assert sorted(waits) == list(range(30))


def test_a_slowed_provider_is_known_to_all_until_it_has_recovered(ledger):
    ledger.rate_limits.slow_down(ORANGE.key, now=NOON, held_s=60)

    assert ledger.rate_limits.slowed(now=NOON) == {ORANGE.key}
    assert ledger.rate_limits.reserve([ORANGE], patience_s=5, now=NOON) == Reservation(
        60, ORANGE.key
    )
    assert ledger.rate_limits.slowed(now=after(minutes=11)) == frozenset()


def test_what_is_put_off_is_offered_again_in_its_time(ledger):
    started(ledger, count=2)
    claim = ledger.sending.claim(worker="w", now=NOON)
    first, second = (delivery.id for delivery in claim.deliveries)

    ledger.sending.postpone(claim, {first: after(minutes=2)}, now=NOON)
    ledger.sending.release(claim, now=NOON)

    early = ledger.sending.claim(worker="w", now=after(minutes=1))
    assert [delivery.id for delivery in early.deliveries] == [second]
    ledger.sending.release(early, now=after(minutes=1))
    late = ledger.sending.claim(worker="w", now=after(minutes=2))
    assert [delivery.id for delivery in late.deliveries] == [first, second]


def test_a_slot_exactly_as_far_off_as_the_patience_is_taken(ledger):
    waits = [ledger.rate_limits.reserve([SECOND], patience_s=1, now=NOON).wait_s for _ in range(4)]

    assert waits == [0, 1, 2, 2]


def test_a_limit_that_is_only_used_is_not_slowed(ledger):
    for _ in range(3):
        ledger.rate_limits.reserve([SECOND], patience_s=9, now=NOON)

    assert ledger.rate_limits.slowed(now=NOON) == frozenset()


def test_a_provider_is_slowed_while_its_pace_is_lower_or_its_slots_are_taken(ledger):
    ledger.rate_limits.slow_down(ORANGE.key, now=NOON)

    assert ledger.rate_limits.slowed(now=after(minutes=5)) == {ORANGE.key}
    for _ in range(60):
        ledger.rate_limits.reserve([ORANGE], patience_s=10_000, now=NOON)
    assert ledger.rate_limits.slowed(now=after(minutes=10)) == {ORANGE.key}


def test_a_provider_is_slowed_no_more_in_the_instant_in_which_its_next_slot_is_free(ledger):
    ledger.rate_limits.slow_down(ORANGE.key, now=NOON, held_s=600)

    assert ledger.rate_limits.slowed(now=after(seconds=599)) == {ORANGE.key}
    assert ledger.rate_limits.slowed(now=after(seconds=600)) == frozenset()
