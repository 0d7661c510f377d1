"""The accreditation registers: one decision at a time, with its history, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from mailer.accreditations import Terms, request_place, seats_taken
from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    Forced,
    PressCard,
    RegisterUpdate,
)
from mailer.model.address import Address
from mailer.model.campaigns.campaign import AccreditationRules
from mailer.model.team.actor import PROGRAM
from tests.counterparts.builders import ACTOR, NOON, a_contact, after

State = AccreditationState


def an_entry(local="ada", state=State.ACCEPTED, **fields):
    return Accreditation("meeting", Address(local, "press.example"), state, NOON, **fields)


def saving(*entries, removed=()):
    return lambda _register: RegisterUpdate(entries, removed)


def revise(ledger, *entries, removed=(), at=NOON, actor=ACTOR):
    return ledger.accreditations.revise(
        "meeting", saving(*entries, removed=removed), actor=actor, at=at
    )


def test_an_entry_comes_back_with_everything_that_was_recorded(ledger):
    entry = an_entry(
        name="Ada King",
        organisation="La Gazette",
        asked_at=after(hours=-1),
        seats=2,
        reason="too late",
        forced=Forced("Bea", "the minister asked"),
        confirm_by=after(days=1),
        in_place_of="bea@press.example",
        is_freelance=True,
        card=PressCard("CCIJP", "001234", after(days=30)),
    )

    revise(ledger, entry)

    assert ledger.accreditations.of_campaign("meeting") == [entry]
    assert ledger.accreditations.of_addresses([entry.address.key]) == [entry]
    assert ledger.accreditations.campaigns() == ["meeting"]


def test_the_history_has_each_change_and_no_press_card(ledger):
    asked = an_entry(state=State.ASKED, card=PressCard("CCIJP", "001234", after(days=30)))
    accepted = replace(asked, state=State.ACCEPTED, at=after(hours=1), answer=2)

    revise(ledger, asked)
    revise(ledger, accepted, at=after(hours=1))

    first, second = ledger.accreditations.history("meeting", asked.address)
    assert (first.before, first.at, first.by.name) == (None, NOON, "Ada")
    assert first.after == replace(asked, card=PressCard())
    assert second.before == first.after
    assert second.after.state is State.ACCEPTED


def test_a_decision_that_fails_changes_nothing(ledger):
    def fail(_register):
        raise RuntimeError

    revise(ledger, an_entry())

    with pytest.raises(RuntimeError):
        ledger.accreditations.revise("meeting", fail, actor=ACTOR, at=NOON)

    assert ledger.accreditations.of_campaign("meeting") == [an_entry()]
    revise(ledger, an_entry("bea"))


def test_who_was_removed_and_comes_back_gets_a_new_number_for_the_answer(ledger):
    revise(ledger, an_entry())
    revise(ledger, removed=(an_entry().address,))
    assert ledger.accreditations.of_campaign("meeting") == []

    (back,) = revise(ledger, an_entry(), at=after(hours=1))

    assert back.answer == 2


def test_a_promotion_is_the_programs_act_in_the_journal(ledger):
    revise(ledger, an_entry("ada"), an_entry("bea", State.WAITING))

    revise(ledger, an_entry("ada", State.DECLINED), an_entry("bea", State.ACCEPTED, answer=2))

    last = ledger.journal.entries("meeting")[-2:]
    assert [(each.name, each.detail) for each in last] == [
        ("Ada", "ada@press.example: declined"),
        (PROGRAM.name, "bea@press.example: accepted"),
    ]


def test_an_answer_under_a_former_address_is_the_persons(ledger):
    ledger.contacts.save([a_contact("old@press.example")], actor=ACTOR, at=NOON)
    ledger.contacts.correct_address(
        Address("old", "press.example"),
        Address("new", "press.example"),
        readdress=lambda delivery, _address: delivery,
        actor=ACTOR,
        why="",
        at=NOON,
    )

    revise(ledger, an_entry("old"))

    (entry,) = ledger.accreditations.of_campaign("meeting")
    assert str(entry.address) == "new@press.example"


def test_a_corrected_address_keeps_its_history(ledger):
    ledger.contacts.save([a_contact("old@press.example")], actor=ACTOR, at=NOON)
    revise(ledger, an_entry("old"))
    new = Address("new", "press.example")

    ledger.contacts.correct_address(
        Address("old", "press.example"),
        new,
        readdress=lambda delivery, _address: delivery,
        actor=ACTOR,
        why="",
        at=after(hours=1),
    )

    assert len(ledger.accreditations.history("meeting", new)) == 1


def test_forgetting_a_person_leaves_nothing_in_the_register_and_its_history(ledger):
    ada = an_entry("ada")
    revise(ledger, ada)
    revise(ledger, an_entry("bea", in_place_of=str(ada.address)))

    ledger.erasure.forget(ada.address, actor=ACTOR, why="", at=after(hours=1))

    (bea,) = ledger.accreditations.of_campaign("meeting")
    (change,) = ledger.accreditations.history("meeting", bea.address)
    assert bea.in_place_of == change.after.in_place_of == ""
    assert ledger.accreditations.history("meeting", ada.address) == []


def test_the_numbers_of_press_cards_are_erased_when_they_are_due_and_not_before(ledger):
    due, later = PressCard("CCIJP", "1", after(days=1)), PressCard("IFJ", "2", after(days=2))
    revise(ledger, an_entry("ada", card=due), an_entry("bea", card=later))

    assert ledger.accreditations.purge_cards(now=after(hours=23)) == 0
    assert ledger.accreditations.purge_cards(now=after(days=1)) == 1

    cards = [each.card for each in ledger.accreditations.of_campaign("meeting")]
    assert cards == [PressCard("CCIJP", "", None), later]


def test_two_hundred_concurrent_answers_for_ten_places_give_ten_and_the_others_wait(ledger_url):
    terms = Terms(AccreditationRules(total=10))
    ledgers = [open_ledger(ledger_url) for _process in range(4)]

    def ask(number):
        entry = Accreditation(
            "meeting", Address(f"p{number}", "press.example"), State.ASKED, after(seconds=number)
        )
        return ledgers[number % 4].accreditations.revise(
            "meeting",
            lambda register: (
                request_place(register, entry, terms=terms, now=after(seconds=number)).update
            ),
            actor=ACTOR,
            at=after(seconds=number),
        )

    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(ask, range(200)))

    register = ledgers[0].accreditations.of_campaign("meeting")
    for ledger in ledgers:
        ledger.close()
    assert len(register) == len(answers) == 200
    assert seats_taken(register).total() == 10
    assert {each.state for each in register} == {State.ACCEPTED, State.WAITING}


def test_answers_from_unknown_addresses_are_those_that_are_nobodys_main_address(ledger):
    ledger.contacts.save([a_contact("ada@press.example")], actor=ACTOR, at=NOON)
    revise(ledger, an_entry("ada"), an_entry("bea"), an_entry("zoe"))
    other = replace(an_entry("zoe"), campaign="other")
    ledger.accreditations.save(other, actor=ACTOR)

    found = ledger.accreditations.from_unknown(["meeting"])

    assert [each.address.local for each in found] == ["bea", "zoe"]
    assert [each.campaign for each in ledger.accreditations.from_unknown(["meeting", "other"])] == [
        "meeting",
        "meeting",
        "other",
    ]
    assert ledger.accreditations.from_unknown([]) == []
