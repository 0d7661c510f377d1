"""When to try again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailer.pacing import PRESS, RetryPolicy, gives_up_at, retry_in_s, spread
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
