"""Delivery events: one suite for both databases."""

import pytest

from mailer.model.address import Address
from mailer.model.feedback.event import Deadness, EventKind, Match
from mailer.model.mailings.delivery import DeliveryStatus, higher_status
from tests.counterparts.builders import NOON, an_event, started, statuses

MOVING = [
    EventKind.ACCEPTED,
    EventKind.DELIVERED,
    EventKind.BOUNCED,
    EventKind.COMPLAINED,
    EventKind.REJECTED,
    EventKind.SUPPRESSED,
]


def test_an_event_comes_back_as_it_was_recorded(ledger):
    event = an_event(
        EventKind.BOUNCED,
        delivery_id="nobody-knows",
        address=Address.parse("ada@press.example"),
        match=Match.MESSAGE_ID,
        reason="user-unknown",
        dead=Deadness.YES,
        status_code="5.1.1",
        quote="550 5.1.1 <ada@press.example>: no such user",
        rule="rfc3464",
        raw=b"Content-Type: multipart/report\r\n\x00\xff",
    )

    assert ledger.events.record(event)

    assert list(ledger.events.all()) == [event]


def test_the_same_fact_twice_is_one_event(ledger):
    mailing, deliveries = started(ledger)
    first = an_event(EventKind.BOUNCED, key="same", delivery_id=deliveries[0].id)

    assert ledger.events.record(first)
    assert not ledger.events.record(
        an_event(EventKind.COMPLAINED, key="same", delivery_id=first.delivery_id)
    )

    assert list(ledger.events.all()) == [first]
    assert statuses(ledger, mailing)[0] == "bounced"


@pytest.mark.parametrize("kind", MOVING)
def test_a_fact_moves_its_delivery_up_its_rank(ledger, kind):
    mailing, deliveries = started(ledger, count=1)
    ledger.events.record(an_event(EventKind.DELIVERED, key="1", delivery_id=deliveries[0].id))

    ledger.events.record(an_event(kind, key="2", delivery_id=deliveries[0].id))

    expected = higher_status(DeliveryStatus.DELIVERED, DeliveryStatus(kind.value))
    assert statuses(ledger, mailing) == [expected]


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind not in MOVING])
def test_every_other_fact_is_stored_and_moves_nothing(ledger, kind):
    mailing, deliveries = started(ledger, count=1)

    assert ledger.events.record(an_event(kind, delivery_id=deliveries[0].id))

    assert statuses(ledger, mailing) == ["pending"]
    assert [event.kind for event in ledger.events.all()] == [kind]


def test_a_provider_that_is_still_trying_does_not_make_us_send_again(ledger):
    started(ledger, count=1)
    claim = ledger.sending.claim(worker="w", now=NOON)
    (delivery,) = claim.deliveries
    ledger.sending.mark(claim, [delivery.id], now=NOON)

    ledger.events.record(an_event(EventKind.DEFERRED, delivery_id=delivery.id))
    ledger.sending.release(claim, now=NOON)

    assert ledger.deliveries.find(delivery.id).status is DeliveryStatus.UNCERTAIN


def test_evidence_settles_an_uncertain_delivery(ledger):
    mailing, deliveries = started(ledger, count=1)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [deliveries[0].id], now=NOON)
    ledger.sending.release(claim, now=NOON)

    ledger.events.record(an_event(EventKind.ACCEPTED, delivery_id=deliveries[0].id))

    assert statuses(ledger, mailing) == ["accepted"]


def test_events_are_found_by_campaign_and_by_delivery(ledger):
    _, ours = started(ledger, count=2)
    _, theirs = started(ledger, count=1, campaign="other")
    for key, delivery_id in (
        ("a", ours[0].id),
        ("b", ours[1].id),
        ("c", theirs[0].id),
        ("d", None),
    ):
        ledger.events.record(an_event(key=key, delivery_id=delivery_id))

    assert [event.key for event in ledger.events.all(campaign="meeting")] == ["a", "b"]
    assert [event.key for event in ledger.events.all(delivery_id=ours[1].id)] == ["b"]
    assert [event.key for event in ledger.events.all()] == ["a", "b", "c", "d"]
