"""Contacts, suppressions, accreditations, journal: one suite for both databases."""

from dataclasses import replace

import pytest

from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from tests.counterparts.builders import ACTOR, NOON, a_bar, a_contact, after, an_actor, an_entry


def test_a_contact_comes_back_as_it_was_saved(ledger):
    contact = a_contact(
        civility="Mme",
        first_name="Ada",
        last_name="Lovelace",
        organisation="La Gazette",
        beat="santé",
        is_generic=True,
        lists=frozenset({"press", "health"}),
        alternates=(Address.parse("ada@home.example"),),
        notes=(("Maladie", "néphropathie"), ("Vu le", "3 mars")),
        source="press.xlsx, 2017-11-20",
    )

    ledger.contacts.save([contact], at=NOON, actor=ACTOR)

    assert ledger.contacts.all() == [contact]
    assert ledger.contacts.get(contact.id) == contact


def test_importing_again_changes_nothing(ledger):
    contacts = [a_contact(f"reader{number}@press.example") for number in range(1_200)]

    first = ledger.contacts.save(contacts, at=NOON, actor=ACTOR)
    again = ledger.contacts.save(contacts, at=after(days=1), actor=ACTOR)

    assert first == {"added": 1_200, "changed": 0, "unchanged": 0}
    assert again == {"added": 0, "changed": 0, "unchanged": 1_200}


def test_an_address_in_another_case_is_the_same_contact_on_both_lists(ledger):
    ledger.contacts.save(
        [a_contact("Ada@press.example", lists=frozenset({"press"}))], at=NOON, actor=ACTOR
    )

    counts = ledger.contacts.save(
        [a_contact("ada@press.example", lists=frozenset({"health"}))], at=NOON, actor=ACTOR
    )

    (contact,) = ledger.contacts.all()
    assert counts == {"added": 0, "changed": 1, "unchanged": 0}
    assert contact.lists == {"press", "health"}
    assert contact.id == "c-Ada@press.example"


def test_a_blank_column_does_not_erase_what_is_known(ledger):
    ledger.contacts.save(
        [a_contact(first_name="Ada", phone="+33 1 99 00 00 00")], at=NOON, actor=ACTOR
    )

    ledger.contacts.save([a_contact(first_name="Augusta", phone="")], at=NOON, actor=ACTOR)

    (contact,) = ledger.contacts.all()
    assert (contact.first_name, contact.phone) == ("Augusta", "+33 1 99 00 00 00")


def test_another_list_fills_gaps_and_overwrites_nothing(ledger):
    ledger.contacts.save(
        [a_contact(organisation="Le Soir", language="en", lists=frozenset({"press"}))],
        at=NOON,
        actor=ACTOR,
    )
    second = a_contact(
        organisation="Entraide", role="présidente", lists=frozenset({"associations"})
    )

    ledger.contacts.save([second], at=NOON, actor=ACTOR)

    (contact,) = ledger.contacts.all()
    assert contact.organisation == "Le Soir"
    assert contact.language == "en"
    assert contact.role == "présidente"
    assert contact.lists == {"press", "associations"}


def test_another_list_overwrites_nothing_either_when_it_is_imported_again(ledger):
    mine, other = frozenset({"press"}), frozenset({"associations"})
    first = a_contact(
        organisation="Le Soir", lists=mine, source="p, Presse.xlsx, press, 2026-11-30"
    )
    second = a_contact(
        "ADA@press.example",
        id=first.id,
        organisation="Doublon",
        phone="1",
        lists=other,
        source="a.csv, associations, 2026-11-30",
    )

    for contact in (first, second, second):
        ledger.contacts.save([contact], at=NOON, actor=ACTOR)
    renewed = replace(first, organisation="Le Matin", source="b.xlsx, press, 2026-12-01")
    between = ledger.contacts.all()[0]
    ledger.contacts.save([renewed], at=NOON, actor=ACTOR)

    (contact,) = ledger.contacts.all()
    assert (between.organisation, between.phone) == ("Le Soir", "1")
    assert contact.organisation == "Le Matin"
    assert str(contact.address) == "ada@press.example"


@pytest.mark.parametrize(
    ("known", "read", "saved"),
    [
        ("Ada.Byron@press.example", "ADA.BYRON@press.example", "Ada.Byron@press.example"),
        ("ADA.BYRON@press.example", "ada.byron@press.example", "ada.byron@press.example"),
        ("ada.byron@press.example", "Ada.Byron@press.example", "Ada.Byron@press.example"),
        ("ADA@press.example", "ADA@press.example", "ADA@press.example"),
    ],
)
def test_an_address_in_capitals_takes_no_other_spelling_away(ledger, known, read, saved):
    for address in (known, read):
        contact = a_contact(address, id="c-1", lists=frozenset({"press"}))
        ledger.contacts.save([contact], at=NOON, actor=ACTOR)

    assert str(ledger.contacts.all()[0].address) == saved


def test_the_same_list_read_again_is_news(ledger):
    ledger.contacts.save([a_contact(phone="1", lists=frozenset({"press"}))], at=NOON, actor=ACTOR)

    counts = ledger.contacts.save(
        [a_contact(phone="2", lists=frozenset({"press"}))], at=NOON, actor=ACTOR
    )

    assert counts["changed"] == 1
    assert ledger.contacts.all()[0].phone == "2"


def test_the_same_list_read_on_another_day_changes_nothing(ledger):
    press = frozenset({"press"})
    ledger.contacts.save([a_contact(lists=press, source="press, 1 December")], at=NOON, actor=ACTOR)

    counts = ledger.contacts.save(
        [a_contact(lists=press, source="press, 2 December")], at=NOON, actor=ACTOR
    )

    assert counts["unchanged"] == 1


def test_two_lines_of_one_file_with_one_address_make_one_contact(ledger):
    counts = ledger.contacts.save(
        [a_contact(lists=frozenset({"press"})), a_contact(lists=frozenset({"health"}))],
        at=NOON,
        actor=ACTOR,
    )

    assert counts == {"added": 1, "changed": 1, "unchanged": 0}
    assert [contact.lists for contact in ledger.contacts.all()] == [{"press", "health"}]


def test_contacts_are_found_by_list_each_once_in_order(ledger):
    ledger.contacts.save(
        [
            a_contact("c@x.example", lists=frozenset({"press", "health"})),
            a_contact("b@x.example", lists=frozenset({"associations"})),
            a_contact("a@x.example", lists=frozenset({"press"})),
        ],
        at=NOON,
        actor=ACTOR,
    )

    found = ledger.contacts.all(["press", "health"])

    assert [str(contact.address) for contact in found] == ["a@x.example", "c@x.example"]


def test_an_unknown_contact_is_none(ledger):
    assert ledger.contacts.get("nobody") is None


def test_importing_never_lifts_a_bar(ledger):
    ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)

    ledger.contacts.save([a_contact("ada@press.example")], at=after(days=1), actor=ACTOR)

    assert ledger.suppressions.all() == [a_bar("ada@press.example")]


def test_the_same_bar_twice_is_one(ledger):
    assert ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)
    assert not ledger.suppressions.add(a_bar("ADA@press.example", since=after(days=1)), actor=ACTOR)

    assert len(ledger.suppressions.all()) == 1


def test_a_bar_on_one_list_adds_nothing_to_one_that_holds_everywhere(ledger):
    ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)

    assert not ledger.suppressions.add(a_bar("ada@press.example", scope="press"), actor=ACTOR)


def test_a_bar_for_good_is_added_to_one_that_ends(ledger):
    pause = a_bar("ada@press.example", reason=SuppressionReason.UNREACHABLE, until=after(days=14))
    ledger.suppressions.add(pause, actor=ACTOR)

    assert ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)
    assert not ledger.suppressions.add(replace(pause, until=after(days=7)), actor=ACTOR)


@pytest.mark.parametrize("reason", [SuppressionReason.DEAD, SuppressionReason.COMPLAINT])
def test_what_stops_a_cancellation_too_is_added_to_a_wish_that_does_not(ledger, reason):
    ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)

    assert ledger.suppressions.add(a_bar("ada@press.example", reason=reason), actor=ACTOR)
    assert not ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)
    assert {bar.reason for bar in ledger.suppressions.all()} == {SuppressionReason.OPT_OUT, reason}


def test_a_longer_pause_replaces_a_shorter_one(ledger):
    pause = a_bar("ada@press.example", reason=SuppressionReason.UNREACHABLE, until=after(days=7))
    ledger.suppressions.add(pause, actor=ACTOR)

    assert ledger.suppressions.add(replace(pause, until=after(days=14)), actor=ACTOR)
    assert [bar.until for bar in ledger.suppressions.all()] == [after(days=14)]


def test_lifting_a_bar_is_a_person_s_act_and_is_journalled(ledger):
    ledger.suppressions.add(a_bar("ada@press.example"), actor=ACTOR)

    lifted = ledger.suppressions.lift(
        Address.parse("Ada@press.example"), scope="", actor=ACTOR, why="asked by phone", at=NOON
    )

    assert lifted == 1
    assert ledger.suppressions.all() == []
    assert ledger.journal.entries()[-1] == an_entry("lift", "Ada@press.example", "asked by phone")


def test_lifting_what_is_not_there_leaves_no_trace(ledger):
    assert (
        ledger.suppressions.lift(
            Address.parse("a@x.example"), scope="", actor=an_actor("A"), why="", at=NOON
        )
        == 0
    )
    assert ledger.journal.entries() == []


def test_the_newest_answer_stands_in_the_register(ledger):
    asked = Accreditation(
        "meeting", Address.parse("ada@press.example"), AccreditationState.ASKED, NOON, name="Ada"
    )
    declined = replace(asked, state=AccreditationState.DECLINED, at=after(hours=2))
    ledger.accreditations.save(asked, actor=ACTOR)
    ledger.accreditations.save(declined, actor=ACTOR)
    ledger.accreditations.save(replace(asked, at=after(hours=1)), actor=ACTOR)

    assert ledger.accreditations.of_campaign("meeting") == [declined]
    assert ledger.accreditations.of_campaign("another") == []


def test_the_journal_tells_what_concerns_a_campaign_and_its_steps(ledger):
    for subject in ("meeting", "meeting/reminder", "meeting-2/reminder", "50%"):
        ledger.journal.add(at=NOON, actor=ACTOR, action="look", subject=subject)

    told = [entry.subject for entry in ledger.journal.entries("meeting")]

    assert told == ["meeting", "meeting/reminder"]


def test_a_summary_says_of_a_contact_what_an_audience_needs(ledger):
    ada = a_contact(
        "Ada@press.example",
        first_name="Ada",
        language="en",
        is_generic=True,
        lists=frozenset({"press", "health"}),
        alternates=(Address.parse("ada@home.example"),),
    )
    ledger.contacts.save(
        [ada, a_contact("bob@press.example", lists=frozenset())], at=NOON, actor=ACTOR
    )

    first, second = ledger.contacts.summaries()

    for name in ("id", "key", "address", "name", "language", "is_generic", "lists", "alternates"):
        assert getattr(first, name) == getattr(ada, name)
    assert (second.lists, second.alternates, second.name) == (frozenset(), (), "")


def test_contacts_are_found_by_their_ids_and_a_stranger_is_left_out(ledger):
    contacts = [a_contact(f"reader{number}@press.example") for number in range(600)]
    ledger.contacts.save(contacts, at=NOON, actor=ACTOR)

    found = ledger.contacts.of_ids([*(contact.id for contact in contacts), "nobody"])

    assert found == {contact.id: contact for contact in contacts}


def test_a_bar_holds_at_once_for_every_spelling_of_a_mailbox_in_the_directory(ledger):
    # The providers that know several spellings have no reserved domains.
    spellings = ["ada.roy@gmail.com", "adaroy+presse@googlemail.com", "adaroyer@gmail.com"]
    ledger.contacts.save(map(a_contact, spellings), at=NOON, actor=ACTOR)

    ledger.suppressions.add(a_bar("AdaRoy@gmail.com"), actor=ACTOR)

    assert {str(bar.address) for bar in ledger.suppressions.all()} == {
        "AdaRoy@gmail.com",
        "ada.roy@gmail.com",
        "adaroy+presse@googlemail.com",
    }


def test_lifting_a_bar_lifts_it_for_every_spelling_of_the_mailbox(ledger):
    ledger.contacts.save([a_contact("ada.roy@gmail.com")], at=NOON, actor=ACTOR)
    ledger.suppressions.add(a_bar("adaroy@gmail.com"), actor=ACTOR)

    ledger.suppressions.lift(
        Address.parse("ada.roy@gmail.com"), scope="", actor=ACTOR, why="a letter", at=NOON
    )

    assert ledger.suppressions.all() == []


def test_many_thousands_are_saved_in_parts_and_others_write_in_between(ledger):
    def people():
        for number in range(10_001):
            if number == 10_000:  # as another person at the desk would, meanwhile
                ledger.journal.add(at=NOON, actor=ACTOR, action="export", subject="press")
            yield a_contact(f"reader{number}@press.example")

    bars = [a_bar("gone@press.example")]
    counts = ledger.contacts.save(people(), actor=ACTOR, at=NOON, suppressions=bars)

    assert counts == {"added": 10_001, "changed": 0, "unchanged": 0, "suppressed": 1}
    lines = [(each.action, each.detail) for each in ledger.journal.entries()]
    assert [line for line in lines if line[0] in {"import", "export"}] == [
        ("import", "5000 added, 0 changed, 0 unchanged, 1 suppressed"),
        ("export", ""),
        ("import", "5000 added, 0 changed, 0 unchanged"),
        ("import", "1 added, 0 changed, 0 unchanged"),
    ]
