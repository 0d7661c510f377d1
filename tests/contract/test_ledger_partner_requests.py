"""What partners ask for, on both databases: asked once, decided once, purged and erased."""

from dataclasses import replace

import pytest

from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    PressCard,
    RegisterUpdate,
)
from mailer.model.accreditations.partner_request import PartnerRequest
from mailer.model.address import Address
from tests.counterparts.builders import ACTOR, NOON, after

ADA, BOB = Address.parse("ada@press.example"), Address.parse("bob@press.example")
ASKED = PartnerRequest(
    campaign="meeting",
    partner="Academy",
    address=ADA,
    name="Ada Roy",
    organisation="La Gazette",
    person="pia",
    by="Pia",
    at=NOON,
    card=PressCard("CCIJP", "12345", after(days=30)),
)
ACCEPTED, REFUSED = AccreditationState.ACCEPTED, AccreditationState.REFUSED


def accept(ledger, number, campaign="meeting"):
    entry = Accreditation("meeting", ADA, ACCEPTED, NOON)
    return ledger.accreditations.revise(
        campaign, lambda _register: RegisterUpdate((entry,)), actor=ACTOR, at=NOON, request=number
    )


def lines(ledger):
    return [(line.action, line.detail) for line in ledger.journal.entries("meeting")]


def test_a_request_is_read_as_it_was_stored_and_has_its_line(ledger):
    number = ledger.partner_requests.add(ASKED, actor=ACTOR)

    assert ledger.partner_requests.of_campaign("meeting") == [replace(ASKED, id=number)]
    assert [each.id for each in ledger.partner_requests.open()] == [number]
    assert lines(ledger) == [("request-place", "ada@press.example, asked by Academy")]


@pytest.mark.parametrize("decided", [False, True])
def test_nobody_is_asked_for_twice_by_one_institution_but_by_another(ledger, decided):
    number = ledger.partner_requests.add(ASKED, actor=ACTOR)
    if decided:
        accept(ledger, number)

    again = ledger.partner_requests.add(replace(ASKED, name="Ada"), actor=ACTOR)
    other = ledger.partner_requests.add(replace(ASKED, partner="Museum"), actor=ACTOR)

    assert (again, other is None) == (None, False)


def test_who_was_refused_may_be_asked_for_again(ledger):
    number = ledger.partner_requests.add(ASKED, actor=ACTOR)
    ledger.partner_requests.refuse("meeting", number, reason="full", actor=ACTOR, at=NOON)

    assert ledger.partner_requests.add(ASKED, actor=ACTOR) not in {None, number}


def test_a_request_is_accepted_with_its_entry_in_one_transaction(ledger):
    number = ledger.partner_requests.add(ASKED, actor=ACTOR)

    (entry,) = accept(ledger, number)

    (request,) = ledger.partner_requests.of_campaign("meeting")
    assert ledger.accreditations.of_campaign("meeting") == [entry]
    assert (request.decision, request.decided_by) == (ACCEPTED, ACTOR.name)
    assert request.card == PressCard("CCIJP")
    assert lines(ledger)[1:] == [
        ("accreditation", "ada@press.example: accepted"),
        ("decide-place", "ada@press.example, asked by Academy: accepted"),
    ]


@pytest.mark.parametrize("first", ["accept", "refuse"])
def test_a_request_that_is_decided_or_of_another_campaign_is_not_decided_again(ledger, first):
    number = ledger.partner_requests.add(ASKED, actor=ACTOR)
    if first == "accept":
        accept(ledger, number)
    else:
        ledger.partner_requests.refuse("meeting", number, reason="full", actor=ACTOR, at=NOON)
    before = lines(ledger), ledger.accreditations.of_campaign("meeting")

    refuse = ledger.partner_requests.refuse
    assert not refuse("meeting", number, reason="late", actor=ACTOR, at=NOON)
    assert not refuse("another", number, reason="late", actor=ACTOR, at=NOON)
    assert accept(ledger, number) == accept(ledger, number, campaign="another") == []
    assert (lines(ledger), ledger.accreditations.of_campaign("meeting")) == before


def test_an_entry_that_cannot_be_written_leaves_the_request_open(ledger):
    number = ledger.partner_requests.add(ASKED, actor=ACTOR)

    def fail(_register):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        ledger.accreditations.revise("meeting", fail, actor=ACTOR, at=NOON, request=number)

    assert [each.id for each in ledger.partner_requests.open()] == [number]


def test_the_card_numbers_of_requests_are_purged_with_those_of_the_register(ledger):
    ledger.partner_requests.add(ASKED, actor=ACTOR)

    assert ledger.accreditations.purge_cards(now=after(days=29)) == 0
    assert ledger.accreditations.purge_cards(now=after(days=30)) == 1
    assert ledger.partner_requests.open()[0].card == PressCard("CCIJP")


def test_a_refused_request_keeps_no_card_number(ledger):
    number = ledger.partner_requests.add(ASKED, actor=ACTOR)

    ledger.partner_requests.refuse("meeting", number, reason="full", actor=ACTOR, at=NOON)

    (request,) = ledger.partner_requests.of_campaign("meeting")
    assert (request.decision, request.reason, request.card.number) == (REFUSED, "full", "")


def test_an_erased_person_is_in_no_request_nor_in_its_lines(ledger):
    for address in (ADA, BOB):
        ledger.partner_requests.add(replace(ASKED, address=address), actor=ACTOR)

    assert ledger.erasure.forget(ADA, actor=ACTOR, why="", at=NOON)

    assert [each.address for each in ledger.partner_requests.open()] == [BOB]
    assert "ada@" not in repr(lines(ledger))


def test_reminders_wait_for_a_request_that_nobody_has_decided(ledger):
    number = ledger.partner_requests.add(ASKED, actor=ACTOR)
    assert ledger.register_looks.sources("meeting").newest_reply_at == NOON
    assert ledger.register_looks.sources("another").newest_reply_at is None

    accept(ledger, number)

    assert ledger.register_looks.sources("meeting").newest_reply_at is None
