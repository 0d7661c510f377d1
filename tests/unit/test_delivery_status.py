"""The status table: total, repeatable, order-free."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from mailer.model.mailings.delivery import DeliveryStatus, higher_status

statuses = st.sampled_from(list(DeliveryStatus))


def fold(facts):
    status = DeliveryStatus.PENDING
    for fact in facts:
        status = higher_status(status, fact)
    return status


@given(statuses, statuses)
def test_a_fact_never_moves_a_delivery_down(status, fact):
    assert higher_status(status, fact).rank >= status.rank


@given(statuses, statuses)
def test_the_same_fact_twice_changes_nothing_more(status, fact):
    once = higher_status(status, fact)

    assert higher_status(once, fact) is once


@given(st.lists(statuses, max_size=5))
def test_the_order_of_facts_does_not_matter(facts):
    assert len({fold(order) for order in permutations(facts)}) == 1


def test_a_late_delivered_after_a_bounce_changes_nothing():
    assert higher_status(DeliveryStatus.BOUNCED, DeliveryStatus.DELIVERED) is DeliveryStatus.BOUNCED


def test_evidence_settles_an_uncertain_delivery():
    assert (
        higher_status(DeliveryStatus.UNCERTAIN, DeliveryStatus.ACCEPTED) is DeliveryStatus.ACCEPTED
    )
