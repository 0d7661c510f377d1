"""The queries that operations need: one suite for both databases."""

from dataclasses import replace

from mailer.model.address import Address
from mailer.model.campaigns.audience import Exclusion, ExclusionReason
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import Acceptance, Accepted, Rejected, Uncertain
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_mailing,
    after,
    an_event,
    started,
)

QUEUED = Accepted("202", acceptance=Acceptance.QUEUED)
ADA = Address.parse("Ada@press.example")


def sent(ledger, *outcomes, **fields):
    """A mailing that has begun, its deliveries with these outcomes."""
    mailing, deliveries = started(ledger, count=len(outcomes), **fields)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [each.id for each in deliveries], now=NOON)
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        ledger.sending.settle(claim, delivery.id, outcome, now=NOON)
    ledger.sending.release(claim, now=NOON)
    return mailing, deliveries


def about(delivery, **fields):
    return an_event(**{"delivery_id": delivery.id, "address": delivery.address} | fields)


def test_the_uncertain_deliveries_of_a_step_a_campaign_or_all_are_found(ledger):
    broken = Uncertain("the line broke")
    _, first = sent(ledger, broken, Accepted("250"), broken, step="first")
    _, second = sent(ledger, broken, step="second", due_at=after(hours=-1))
    _, other = sent(ledger, broken, campaign="fair", due_at=after(hours=-2))

    uncertain = ledger.uncertain.find

    assert [each.id for each in uncertain()] == [
        each.id for each in (*other, *second, first[0], first[2])
    ]
    assert [each.id for each in uncertain(campaign="meeting")] == [
        each.id for each in (*second, first[0], first[2])
    ]
    assert [each.id for each in uncertain(campaign="meeting", step="second")] == [second[0].id]
    assert list(uncertain(campaign="nothing")) == []


def test_a_delivery_that_a_provider_queued_is_unheard_until_an_event_names_it(ledger):
    _, (silent, _refused, _over_smtp, heard) = sent(
        ledger, QUEUED, Rejected("550"), Accepted("250 OK"), QUEUED
    )
    ledger.events.store([about(heard, kind=EventKind.ACCEPTED)], at=NOON)

    assert [each.id for each in ledger.deliveries.queued_without_events(before=NOON)] == [silent.id]
    assert list(ledger.deliveries.queued_without_events(before=after(seconds=-1))) == []


def test_the_mailings_that_did_not_reach_an_address_are_found_by_due_time(ledger):
    refused, (delivery, _other) = sent(ledger, Rejected("550"), Accepted("250"), step="refused")
    left_out = a_mailing("left-out", due_at=after(hours=1))
    away = a_mailing("away", due_at=after(hours=2))
    ledger.mailings.launch(
        [left_out, away, a_mailing("not-begun", due_at=after(hours=3))], actor=ACTOR, at=NOON
    )
    spelt = replace(delivery.address, local=delivery.address.local.upper())
    contact = a_contact(str(spelt))
    for mailing, reason, detail in (
        (left_out, ExclusionReason.SUPPRESSED, "dead"),
        (away, ExclusionReason.SUPPRESSED, "opt-out"),
    ):
        ledger.mailings.start(
            mailing.id, deliveries=[], exclusions=[Exclusion(contact, reason, detail)], at=NOON
        )

    missed = ledger.mailings.missed_by([delivery.address])

    assert [mailing.id for mailing in missed] == [refused.id, left_out.id]
    assert list(ledger.mailings.missed_by([Address.parse("nobody@press.example")])) == []


def test_contacts_are_found_by_their_address_keys(ledger):
    ada, bo = a_contact(str(ADA)), a_contact("bo@press.example")
    ledger.contacts.save([ada, bo], actor=ACTOR, at=NOON)

    found = ledger.contacts.by_address([ADA.key, "nobody@press.example"])

    assert found == {ADA.key: ada}
    assert ledger.contacts.by_address([]) == {}


def test_failures_are_asked_for_at_any_time_and_what_passes_only_since_then(ledger):
    _, (delivery,) = sent(ledger, Accepted("250"))
    events = {
        name: about(delivery, key=name, **fields)
        for name, fields in {
            "old failure": {"kind": EventKind.BOUNCED, "at": after(days=-90)},
            "old absence": {"kind": EventKind.AUTO_REPLIED, "at": after(days=-90)},
            "absence": {"kind": EventKind.AUTO_REPLIED, "at": NOON},
            "challenge": {"kind": EventKind.CHALLENGED, "at": NOON},
            "success": {"kind": EventKind.DELIVERED, "at": NOON},
            "stranger": {"kind": EventKind.BOUNCED, "at": NOON, "delivery_id": None},
        }.items()
    }
    ledger.events.store(list(events.values()), at=NOON)

    found = list(ledger.events.needing_attention(since=after(days=-60)))
    of_campaign = list(ledger.events.needing_attention(since=after(days=-60), campaign="meeting"))

    assert [(each.event.key, each.campaign, each.step) for each in found] == [
        ("old failure", "meeting", "announcement"),
        ("absence", "meeting", "announcement"),
        ("challenge", "meeting", "announcement"),
        ("stranger", "", ""),
    ]
    assert of_campaign == found[:3]
    assert list(ledger.events.needing_attention(since=after(days=-60), newest=2)) == found[2:]
    assert list(ledger.events.needing_attention(since=NOON, campaign="fair")) == []
