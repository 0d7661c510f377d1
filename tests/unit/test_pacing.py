"""When to send and when to try again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailer.model.rate_limit import RateLimit, RatePolicy
from mailer.pacing import (
    PRESS,
    GcraState,
    RetryPolicy,
    domain_group,
    domain_limits,
    gives_up_at,
    global_limits,
    retry_in_s,
    spread,
)
from tests.counterparts.builders import NOON, a_mailing, after

delivery_ids = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=26, max_size=26)
attempts = st.integers(1, 50)


@given(delivery_ids, attempts)
def test_delays_grow_to_four_hours_give_or_take_a_fifth(delivery_id, attempt):
    minutes = [5, 15, 30, 60, 120, 240][min(attempt, 6) - 1]

    assert 0.8 * minutes * 60 <= retry_in_s(delivery_id, attempt=attempt) <= 1.2 * minutes * 60


@given(delivery_ids, attempts)
def test_the_same_question_has_the_same_answer(delivery_id, attempt):
    assert spread(delivery_id, attempt) == spread(delivery_id, attempt)
    assert -1 <= spread(delivery_id, attempt) <= 1


def test_messages_refused_together_do_not_come_back_together():
    delays = {round(retry_in_s(f"{number:026}", attempt=1)) for number in range(200)}

    assert len(delays) > 50


@given(delivery_ids, attempts, st.floats(0, 100_000))
def test_a_delay_that_the_peer_asked_for_is_never_shortened(delivery_id, attempt, asked_s):
    assert retry_in_s(delivery_id, attempt=attempt, asked_s=asked_s) >= asked_s


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
        starts_at = slot.starts_at_s(limit, now)
        slot = slot.taken(limit, now, starts_at)
        sent.append(starts_at)

    for first in sent:
        # Half-open: the sixty-first begins the next minute. A microsecond for the arithmetic.
        assert sum(first <= at < first + 60 - 1e-6 for at in sent) <= per_minute


@given(st.integers(12, 5000), st.integers(1, 400))
def test_no_hour_has_more_than_its_number(per_hour, count):
    (limit,) = global_limits(RatePolicy(per_hour=per_hour))
    slot, sent = GcraState(), []
    for _ in range(count):
        sent.append(slot.starts_at_s(limit, 1_000_000.0))
        slot = slot.taken(limit, 1_000_000.0, sent[-1])

    assert sum(at < sent[0] + 3600 - 1e-3 for at in sent) <= per_hour + 1


def test_a_provider_that_asks_for_patience_is_left_alone_then_approached_slowly():
    limit = RateLimit("domain:orange", 1.0)
    slot = GcraState().slowed(1_000.0)

    assert slot.starts_at_s(limit, 1_000.0) == 1_060.0
    assert slot.slowed(1_030.0) == slot
    after_one = slot.taken(limit, 1_060.0, 1_060.0)
    assert 1.8 < after_one.starts_at_s(limit, 1_060.0) - 1_060.0 <= 2.0
    assert after_one.factor_at(1_600.0) == 1.0
