"""When to send and when to try again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.model.mailings.message import DeliveryId
from mailer.model.mailings.rate_limit import RateLimit, RatePolicy
from mailer.pacing import (
    PRESS,
    GcraState,
    RetryPolicy,
    domain_group,
    domain_limits,
    gives_up_at,
    global_limits,
    jitter_factor,
    lease_renewal_interval_s,
    provider_limit,
    retry_in_s,
)
from tests.counterparts.builders import NOON, a_mailing, after

delivery_ids = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=26, max_size=26)
attempts = st.integers(1, 50)


@given(delivery_ids, attempts)
def test_delays_grow_to_four_hours_give_or_take_a_fifth(delivery_id, attempt):
    minutes = [5, 15, 30, 60, 120, 240][min(attempt, 6) - 1]

    assert 0.8 * minutes * 60 <= retry_in_s(delivery_id, attempt=attempt) <= 1.2 * minutes * 60


def test_press_mail_is_tried_after_minutes_and_then_every_four_hours():
    policy = RetryPolicy(jitter=0)
    waits = [retry_in_s(DeliveryId("x"), attempt=n, policy=policy) for n in range(1, 8)]

    assert waits == [minutes * 60 for minutes in (5, 15, 30, 60, 120, 240, 240)]


@given(delivery_ids, attempts)
def test_the_same_question_has_the_same_answer(delivery_id, attempt):
    assert jitter_factor(delivery_id, attempt) == jitter_factor(delivery_id, attempt)
    assert -1 <= jitter_factor(delivery_id, attempt) <= 1


@given(delivery_ids, attempts)
def test_whose_jitter_is_above_zero_waits_longer_than_without(delivery_id, attempt):
    without_s = retry_in_s(delivery_id, attempt=attempt, policy=RetryPolicy(jitter=0))
    waits_longer = retry_in_s(delivery_id, attempt=attempt) > without_s

    assert waits_longer == (jitter_factor(delivery_id, attempt) > 0)


def test_messages_refused_together_do_not_come_back_together():
    delays = {round(retry_in_s(f"{number:026}", attempt=1)) for number in range(200)}

    assert len(delays) > 50
    assert min(delays) < 300 < max(delays)


@given(delivery_ids, attempts, st.floats(0, 100_000))
def test_a_delay_that_the_peer_asked_for_is_never_shortened(delivery_id, attempt, requested_s):
    assert retry_in_s(delivery_id, attempt=attempt, requested_s=requested_s) >= requested_s


def test_greylisting_lets_the_second_try_pass():
    policy = RetryPolicy(jitter=0)

    assert retry_in_s("x", attempt=1, policy=policy) == 300


def test_trying_ends_after_a_day():
    mailing = a_mailing(started_at=after(hours=1))

    assert gives_up_at(mailing) == after(hours=25)


def test_trying_ends_when_the_news_is_old():
    mailing = a_mailing(started_at=NOON, expires_at=after(hours=3))

    assert gives_up_at(mailing) == after(hours=3)


def test_a_policy_may_be_patient():
    policy = RetryPolicy(lifetime=timedelta(days=5))

    assert gives_up_at(a_mailing(expires_at=after(days=9)), policy) == after(days=5)
    assert PRESS.lifetime == timedelta(hours=24)


def test_one_provider_s_domains_are_one_group():
    assert domain_group("wanadoo.fr") == domain_group("orange.fr") == "orange"
    assert domain_group("quotidien.example") == "quotidien.example"
    pace = RatePolicy(per_domain_per_minute=60)
    assert (
        domain_limits(pace, "neuf.fr")
        == domain_limits(pace, "sfr.fr")
        == RateLimit("domain:sfr", 1.0)
    )


@given(
    st.integers(1, 600),
    st.lists(st.floats(0, 30), min_size=1, max_size=200),
)
def test_however_messages_come_no_minute_has_more_than_its_number(per_minute, pauses):
    (limit,) = global_limits(RatePolicy(per_minute=per_minute))
    slot, now, sent = GcraState(), 1_000_000.0, []
    for pause in pauses:
        now += pause
        starts_at = slot.next_send_at_s(limit, now)
        slot = slot.after_sending(limit, now, starts_at)
        sent.append(starts_at)

    for first in sent:
        # Half-open: the sixty-first begins the next minute. A microsecond for the arithmetic.
        assert sum(first <= at < first + 60 - 1e-6 for at in sent) <= per_minute


@given(st.integers(12, 5000), st.integers(1, 400))
def test_no_hour_has_more_than_its_number(per_hour, count):
    (limit,) = global_limits(RatePolicy(per_hour=per_hour))
    slot, sent = GcraState(), []
    for _ in range(count):
        sent.append(slot.next_send_at_s(limit, 1_000_000.0))
        slot = slot.after_sending(limit, 1_000_000.0, sent[-1])

    assert sum(at < sent[0] + 3600 - 1e-3 for at in sent) <= per_hour + 1


def test_a_provider_that_asks_for_patience_is_left_alone_then_approached_slowly():
    limit = RateLimit("domain:orange", 1.0)
    slot = GcraState().throttled(1_000.0, held_s=60)

    assert slot.next_send_at_s(limit, 1_000.0) == 1_060.0
    assert slot.throttled(1_030.0) == slot
    after_one = slot.after_sending(limit, 1_060.0, 1_060.0)
    assert 1.8 < after_one.next_send_at_s(limit, 1_060.0) - 1_060.0 <= 2.0
    assert after_one.factor_at(1_600.0) == 1.0


# Boundaries and bursts


@given(st.floats(1, 3600))
def test_a_lease_is_renewed_so_often_that_two_renewals_may_fail(lease_s):
    assert 3 * lease_renewal_interval_s(lease_s) < lease_s


def test_a_lease_is_renewed_after_a_quarter_of_it():
    assert lease_renewal_interval_s(30.0) == 7.5


def test_a_lease_that_seems_to_last_for_hours_is_renewed_every_minute():
    assert lease_renewal_interval_s(7200.0) == 60.0


@pytest.mark.parametrize("lease_s", [-300.0, 0.0, 0.1])
def test_a_lease_that_is_over_is_not_renewed_without_a_pause(lease_s):
    assert lease_renewal_interval_s(lease_s) == 0.1


def test_a_minute_is_evenly_spaced_from_its_first_message():
    (limit,) = global_limits(RatePolicy(per_minute=30))
    slot = GcraState().after_sending(limit, 100.0, 100.0)

    assert limit == RateLimit("minute", 2.0)
    assert slot.next_send_at_s(limit, 100.0) == 102.0
    assert slot.next_send_at_s(limit, 101.9) == 102.0
    assert slot.next_send_at_s(limit, 102.1) == 102.1


def test_an_hour_lets_five_minutes_worth_go_together_and_spreads_the_rest():
    (limit,) = global_limits(RatePolicy(per_hour=120))
    slot, starts = GcraState(), []
    for _ in range(13):
        starts.append(slot.next_send_at_s(limit, 100.0))
        slot = slot.after_sending(limit, 100.0, starts[-1])

    assert (limit.key, limit.burst) == ("hour", 10)
    assert starts[:11] == pytest.approx([100.0] * 11)  # the burst, and the one that is due anyway
    assert starts[11:] == pytest.approx([100.0 + 3600 / 110, 100.0 + 2 * 3600 / 110])


def test_a_minute_and_an_hour_are_two_limits_and_none_is_none():
    both = global_limits(RatePolicy(per_minute=60, per_hour=12))

    assert [limit.key for limit in both] == ["minute", "hour"]
    assert global_limits(RatePolicy()) == ()
    assert domain_limits(RatePolicy(), "a.example") == RateLimit("domain:a.example", 0.0)
    assert domain_limits(RatePolicy(per_domain_per_minute=20), "a.example").interval_s == 3.0


def test_a_limit_that_was_never_used_is_free_and_as_quick_as_usual():
    assert GcraState() == GcraState(free_at_s=0.0, factor=1.0, slowed_at_s=0.0)


def test_a_provider_that_is_only_slowed_is_not_held():
    once = GcraState().throttled(1_000.0)

    assert once.next_send_at_s(RateLimit("domain:orange", 1.0), 1_000.0) == 1_000.0
    assert once.factor == 0.5


def test_a_second_request_for_patience_counts_from_a_minute_after_the_first():
    once = GcraState().throttled(1_000.0, held_s=60)

    assert (once.factor, once.free_at_s) == (0.5, 1_060.0)
    assert once.throttled(1_059.9) == once
    assert once.throttled(1_060.0).factor == pytest.approx(0.5 * 2**0.1 / 2)
    assert once.throttled(1_060.0, held_s=60).free_at_s == 1_120.0


def test_a_slowed_limit_doubles_its_pace_every_ten_minutes_up_to_its_own():
    slot = GcraState(factor=0.25, slowed_at_s=1_000.0)

    assert slot.factor_at(1_000.0) == 0.25
    assert slot.factor_at(1_600.0) == 0.5
    assert slot.factor_at(2_200.0) == slot.factor_at(9_999_999.0) == 1.0


def test_a_limit_is_never_slower_than_a_thirty_second_of_itself():
    slot = GcraState()
    for minute in range(1, 20):
        slot = slot.throttled(60.0 * minute)

    assert slot.factor == 1 / 32


def test_a_provider_without_a_limit_gets_one_message_a_second_once_slowed_and_then_none():
    unlimited = RateLimit("domain:a.example", 0.0)
    slowed = GcraState(factor=0.5, slowed_at_s=1_000.0)

    assert slowed.after_sending(unlimited, 1_000.0, 1_000.0).free_at_s == 1_002.0
    assert GcraState().after_sending(unlimited, 1_000.0, 1_000.0).free_at_s == 1_000.0


def test_a_deferral_is_retried_after_the_delay_of_its_attempt_and_the_last_repeats():
    policy = RetryPolicy(delays_s=(10, 20), jitter=0)
    waits = [retry_in_s(DeliveryId("x"), attempt=n, policy=policy) for n in (1, 2, 3)]

    assert waits == [10, 20, 20]


@pytest.mark.parametrize(("per_minute", "interval_s"), [(0, 0.0), (30, 2.0), (120, 0.5)])
def test_a_provider_that_throttled_us_gets_as_much_a_minute_as_all_domains(per_minute, interval_s):
    limit = provider_limit(RatePolicy(per_minute=per_minute), "smtp")

    assert limit == RateLimit("provider:smtp", interval_s)
