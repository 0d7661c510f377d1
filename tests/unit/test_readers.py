"""Whom a rule for readers reaches: those who hold something of the campaign, wherever they are."""

from mailer.model.address import Address
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.mailings.amendment import Holder
from mailer.model.mailings.mailing import AudienceRule
from mailer.selection import index_people, select
from tests.unit.test_selection import NOW, a_bar, a_contact, an_answer, reasons, written_to

CORRECTION = AudienceRule(("press",), informed=True)
VARIANTS = (VariantKey("", "fr"), VariantKey("@2", "fr"), VariantKey("@accredited", "fr"))


def a_holder(address, version=1, name="Zoé Noël", language="fr"):
    return Holder(Address.parse(address), name, language, version)


def audience(*contacts, holders, answers=(), bars=()):
    return select(
        index_people(contacts),
        rule=CORRECTION,
        variants=VARIANTS,
        default_language="fr",
        suppressions=bars,
        accreditations=answers,
        now=NOW,
        holders={holder.address.key: holder for holder in holders},
    )


def test_of_the_people_on_the_lists_only_those_who_hold_something_are_written_to():
    found = audience(
        a_contact(), a_contact("bo@lab.example"), holders=[a_holder("ada@lab.example")]
    )

    assert written_to(found) == ["ada@lab.example"]
    assert reasons(found) == {}


def test_somebody_who_holds_something_is_written_to_on_whatever_list():
    ada = a_contact(lists=("team",))

    assert written_to(audience(ada, holders=[a_holder("ada@lab.example")])) == ["ada@lab.example"]


def test_somebody_who_left_the_directory_is_written_to_as_the_message_they_hold_knew_them():
    found = audience(holders=[a_holder("zoe@blog.example", language="en")])

    assert written_to(found) == ["zoe@blog.example"]
    assert found.recipients[0].contact.last_name == "Zoé Noël"
    assert found.recipients[0].contact.language == "en"


def test_somebody_who_holds_something_under_a_further_address_is_written_to_once():
    ada = a_contact(alternates=("ada@home.example",))

    assert written_to(audience(ada, holders=[a_holder("ada@home.example")])) == ["ada@lab.example"]


def test_somebody_who_holds_something_and_asked_to_come_is_written_to_once():
    found = audience(
        holders=[a_holder("zoe@blog.example")],
        answers=[an_answer("accepted", "zoe@blog.example", name="Zoé N.", organisation="Blog")],
    )

    assert written_to(found) == ["zoe@blog.example"]
    assert found.recipients[0].contact.organisation == "Blog"


def test_an_opt_out_holds_for_a_reader_too():
    found = audience(holders=[a_holder("zoe@blog.example")], bars=[a_bar("zoe@blog.example")])

    assert reasons(found) == {"zoe@blog.example": ("suppressed", "opt-out")}


def test_each_reads_the_text_for_what_they_hold():
    ada, bo = a_contact(), a_contact("bo@lab.example")

    found = audience(
        ada,
        bo,
        holders=[a_holder("ada@lab.example", version=2), a_holder("bo@lab.example")],
        answers=[an_answer("accepted", "bo@lab.example")],
    )

    assert [each.variant for each in found.recipients] == [*VARIANTS[1:]]
