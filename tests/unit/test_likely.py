"""Whose an answer from an unknown address may be."""

import pytest

from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.contact import Contact, contact_id
from mailer.model.mailings.mailing import AudienceRule
from mailer.selection import Stranger, candidates, index_people, is_likely, select, strangers
from tests.unit.test_selection import NOW, PRACTICAL, REMINDER, an_answer, reasons, written_to


def a_contact(address="ana.petit@radio.example", first="Ana", last="Petit", outlet="Radio", **more):
    parsed = Address.parse(address)
    return Contact(
        id=contact_id(parsed),
        address=parsed,
        first_name=first,
        last_name=last,
        organisation=outlet,
        lists=frozenset({"press"}),
        **more,
    )


def likely(contact, address, name="", outlet=""):
    stranger = Stranger(Address.parse(address), name, outlet)
    found = [each for _stranger, each in candidates([stranger], [contact])]
    return any(is_likely(stranger, each) for each in found)


@pytest.mark.parametrize(
    ("address", "name", "outlet"),
    [
        ("ana.petit@radoi.example", "", ""),
        ("ana.petti@radio.example", "", ""),
        ("ana.petit@radio.exemple", "", ""),
        ("ana.petit@perso.example", "", ""),
        ("apetit@perso.example", "", ""),
        ("petit.ana@perso.example", "", ""),
        ("anapetit@perso.example", "", ""),
        ("petit_a@perso.example", "", ""),
        ("ana.petit75@perso.example", "", ""),
        ("x123@perso.example", "Ana Petit", ""),
        ("x123@perso.example", "PETIT Ana", ""),
        ("x123@perso.example", "Mme Ana PETIT", ""),
        ("x123@perso.example", "Petit", "radio"),
        ("a.petit@radio.example", "", ""),
        ("petit@radio.example", "", ""),
    ],
)
def test_a_contact_is_proposed_by_name_by_address_or_by_name_and_outlet(address, name, outlet):
    assert likely(a_contact(), address, name, outlet)


@pytest.mark.parametrize(
    ("address", "name", "outlet"),
    [
        ("x123@perso.example", "", ""),
        ("x123@perso.example", "Ana Durand", ""),
        ("x123@perso.example", "Petit", "Le Jour"),
        ("x123@perso.example", "Bo Durand", "Radio"),
        ("bo.durand@radio.example", "Bo Durand", "Radio"),
        ("info@radio2.example", "", ""),
    ],
)
def test_somebody_else_is_not_proposed(address, name, outlet):
    assert not likely(a_contact(), address, name, outlet)


def test_accents_do_not_hide_a_likeness():
    assert likely(a_contact(first="Éva", last="Bélard"), "x@perso.example", "Eva Belard")


def test_a_desk_is_proposed_for_a_mistyped_domain_alone():
    desk = a_contact("redaction@radio.example", "", "", is_generic=True)

    assert likely(desk, "redaction@radoi.example")
    assert not likely(desk, "redaction@jour.example", outlet="Radio")


def test_a_known_address_or_a_newcomer_is_no_stranger():
    people = index_people([a_contact(alternates=(Address.parse("ana@perso.example"),))])
    newcomer = Accreditation(
        "meeting", Address.parse("n@x.example"), AccreditationState.ASKED, NOW, is_newcomer=True
    )
    unknown = an_answer("asked", "u@x.example")
    register = [an_answer("asked", "ana@perso.example"), newcomer, unknown]

    assert strangers(register, people) == [unknown]


def audience(*contacts, rule, answers, unknown):
    return select(
        index_people(contacts),
        rule=rule,
        variants=(VariantKey("", "fr"),),
        default_language="fr",
        suppressions=(),
        accreditations=answers,
        now=NOW,
        unknown=unknown,
    )


def test_a_reminder_waits_for_the_decision_whose_answer_it_is():
    ana, bo = a_contact(), a_contact("bo@jour.example", "Bo", "Durand", "Le Jour")
    answer = an_answer("accepted", "ana@perso.example")

    found = audience(ana, bo, rule=REMINDER, answers=[answer], unknown={ana.key: answer})

    assert written_to(found) == ["bo@jour.example"]
    assert reasons(found) == {str(ana.address): ("perhaps-answered", "ana@perso.example")}


def test_an_answer_that_stops_nothing_keeps_nobody_from_an_announcement():
    ana, answer = a_contact(), an_answer("accepted", "ana@perso.example")

    found = audience(
        ana, rule=AudienceRule(("press",)), answers=[answer], unknown={ana.key: answer}
    )

    assert written_to(found) == [str(ana.address)]


def test_practical_information_does_not_go_to_an_address_in_doubt():
    ana, answer = a_contact(), an_answer("accepted", "ana@perso.example")

    found = audience(ana, rule=PRACTICAL, answers=[answer], unknown={ana.key: answer})

    assert written_to(found) == []
    assert reasons(found)["ana@perso.example"] == ("perhaps-answered", ana.key)


def test_a_cancellation_goes_to_both():
    ana, answer = a_contact(), an_answer("accepted", "ana@perso.example")
    rule = AudienceRule(("press",), cancels=True)

    found = audience(ana, rule=rule, answers=[answer], unknown={ana.key: answer})

    assert sorted(written_to(found)) == [str(ana.address), "ana@perso.example"]
    assert not any(e.reason is ExclusionReason.PERHAPS_ANSWERED for e in found.exclusions)
