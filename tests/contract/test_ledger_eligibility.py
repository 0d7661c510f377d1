"""A mark checks again who may be written to, when there is a bar on the address or an answer."""

from dataclasses import replace

from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import AudienceRule
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    a_delivery,
    a_mailing,
    after,
    started,
    statuses,
)

SOON = after(seconds=1)


def answer(ledger, delivery, state, *, campaign="meeting"):
    accreditation = Accreditation(campaign, delivery.address, state, NOON)
    ledger.accreditations.save(accreditation, actor=ACTOR)


def test_only_the_deliveries_that_are_asked_for_are_checked_again(ledger):
    mailing, deliveries = started(ledger)
    claim = ledger.sending.claim(worker="w", now=NOON)
    answer(ledger, deliveries[0], AccreditationState.ACCEPTED)
    ledger.suppressions.add(a_bar(str(deliveries[1].address)), actor=ACTOR)

    granted = ledger.sending.mark(claim, [deliveries[0].id], now=SOON)

    assert granted == {deliveries[0].id}
    assert statuses(ledger, mailing) == ["sending", "pending", "pending"]


def test_a_bar_that_has_ended_does_not_exclude_somebody_who_has_answered(ledger):
    _, (delivery,) = started(ledger, count=1)
    claim = ledger.sending.claim(worker="w", now=NOON)
    answer(ledger, delivery, AccreditationState.ACCEPTED)
    ledger.suppressions.add(a_bar(str(delivery.address), until=NOON), actor=ACTOR)

    assert ledger.sending.mark(claim, [delivery.id], now=SOON) == {delivery.id}


def test_of_two_answers_the_one_to_another_campaign_does_not_count(ledger):
    _, (delivery,) = started(ledger, count=1, rule=AudienceRule(("press",), unless=("accredited",)))
    claim = ledger.sending.claim(worker="w", now=NOON)
    answer(ledger, delivery, AccreditationState.DECLINED)
    answer(ledger, delivery, AccreditationState.ACCEPTED, campaign="other")

    assert ledger.sending.mark(claim, [delivery.id], now=SOON) == {delivery.id}


def test_a_delivery_excluded_since_the_start_says_when_this_was_noticed(ledger):
    _, (delivery,) = started(ledger, count=1)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.suppressions.add(a_bar(str(delivery.address)), actor=ACTOR)

    ledger.sending.mark(claim, [delivery.id], now=SOON)

    found = ledger.deliveries.find(delivery.id)
    assert (found.status, found.changed_at) == (DeliveryStatus.SUPPRESSED, SOON)


def test_a_refusal_at_the_main_address_stops_what_was_to_go_to_a_further_one(ledger):
    home = Address.parse("ada@home.example")
    ada = a_contact("ada@press.example", alternates=(home,), lists=frozenset({"press"}))
    ledger.contacts.save([ada], actor=ACTOR, at=NOON)
    mailing = a_mailing()
    delivery = a_delivery(0, mailing=mailing, address=home, contact_id=ada.id)
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=[delivery], exclusions=(), at=NOON)
    claim = ledger.sending.claim(worker="w", now=NOON)

    ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)

    assert ledger.sending.mark(claim, [delivery.id], now=SOON) == frozenset()


def test_of_two_answers_under_two_addresses_the_newer_one_counts(ledger):
    home, press = Address.parse("a@home.example"), Address.parse("z@press.example")
    ada = a_contact(str(press), alternates=(home,), lists=frozenset({"press"}))
    ledger.contacts.save([ada], actor=ACTOR, at=NOON)
    mailing = a_mailing(rule=AudienceRule(("press",), unless=("accredited",)))
    delivery = a_delivery(0, mailing=mailing, address=press, contact_id=ada.id)
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=[delivery], exclusions=(), at=NOON)
    claim = ledger.sending.claim(worker="w", now=NOON)

    for address, state, at in ((press, "accepted", NOON), (home, "declined", SOON)):
        accreditation = Accreditation("meeting", address, AccreditationState(state), at)
        ledger.accreditations.save(accreditation, actor=ACTOR)

    assert ledger.sending.mark(claim, [delivery.id], now=SOON) == {delivery.id}


def triggered(ledger, *, answer):
    """A delivery that an answer of this number has triggered; it and the claim of it."""
    rule = AudienceRule(("press",), only=("accepted",), on="accepted")
    mailing = a_mailing("confirmation", rule=rule)
    delivery = a_delivery(0, mailing=mailing, answer=answer)
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=[delivery], exclusions=(), at=NOON)
    return delivery, ledger.sending.claim(worker="w", now=NOON)


def test_what_an_answer_triggered_is_sent_while_that_answer_stands(ledger):
    delivery, claim = triggered(ledger, answer=1)
    answer(ledger, delivery, AccreditationState.ACCEPTED)

    assert ledger.sending.mark(claim, [delivery.id], now=SOON) == {delivery.id}


def test_what_an_answer_triggered_is_not_sent_to_somebody_who_left_the_register(ledger):
    delivery, claim = triggered(ledger, answer=1)

    assert ledger.sending.mark(claim, [delivery.id], now=SOON) == frozenset()
    assert ledger.deliveries.find(delivery.id).reply == "no longer in the register"


def test_what_an_answer_triggered_is_not_sent_after_another_answer(ledger):
    delivery, claim = triggered(ledger, answer=1)
    accepted = Accreditation("meeting", delivery.address, AccreditationState.ACCEPTED, NOON)
    ledger.accreditations.save(accepted, actor=ACTOR)
    ledger.accreditations.save(replace(accepted, at=SOON, answer=3), actor=ACTOR)

    assert ledger.sending.mark(claim, [delivery.id], now=SOON) == frozenset()
    assert ledger.deliveries.find(delivery.id).reply == "answered again since"
