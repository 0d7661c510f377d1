"""One person: added, changed, put on lists and removed."""

from dataclasses import replace

import pytest

from mailer.errors import ContentError, RuleError
from mailer.model.address import Address
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.operations.people.edit_contacts import (
    add_contact,
    contact_lists,
    edit_contact,
    leave_list,
    remove_contact,
)
from tests.counterparts.builders import ACTOR, NOON, a_contact, after, started

EVA = Address.parse("eva@radio.example")


def add(ledger, typed=None, *, address=EVA, list_name="press"):
    return add_contact(
        address, typed or {}, list_name=list_name, actor=ACTOR, ledger=ledger, now=NOON
    )


def edit(ledger, typed):
    return edit_contact(EVA, typed, actor=ACTOR, ledger=ledger, now=after(hours=1))


def stored(ledger, address=EVA):
    return ledger.contacts.by_address({address.key}).get(address.key)


def test_a_person_is_added_with_what_a_row_of_a_list_could_say(ledger):
    typed = {"nom complet": "Mme Eva Bélard", "Fonction": "Journaliste", "langue": "anglais"}

    added = add(ledger, typed)

    assert added.is_new
    eva = stored(ledger)
    assert (eva.civility, eva.first_name, eva.last_name) == ("Mme", "Eva", "Bélard")
    assert (eva.role, eva.language, eva.lists) == ("Journaliste", "en", {"press"})
    assert ledger.journal.entries()[-1].action == "add-contact"


def test_a_known_person_joins_a_list_and_keeps_what_is_known(ledger):
    add(ledger, {"nom complet": "Eva Bélard"})

    added = add(ledger, {"nom complet": "Eva Roy", "beat": "Science"}, list_name="asso")

    assert (added.is_new, added.kept) == (False, ("Bélard",))
    assert (stored(ledger).name, stored(ledger).beat) == ("Eva Bélard", "Science")
    assert stored(ledger).lists == {"press", "asso"}


@pytest.mark.parametrize("address", ["eva@gmial.com", "no-reply@radio.example"])
def test_an_address_that_a_list_would_set_aside_is_not_added(ledger, address):
    with pytest.raises(ContentError):
        add(ledger, address=Address.parse(address))

    assert ledger.contacts.all() == []


def test_somebody_who_asked_to_be_forgotten_is_not_added(ledger):
    ledger.erasure.forget(EVA, actor=ACTOR, why="letter", at=NOON)

    with pytest.raises(RuleError, match="forgotten"):
        add(ledger)


@pytest.mark.parametrize(
    ("typed", "attribute", "value"),
    [
        ({"outlet": "Radio"}, "organisation", "Radio"),
        ({"média": "Radio"}, "organisation", "Radio"),
        ({"phone": "612345678"}, "phone", "0612345678"),
        ({"Téléphone": "01 99 00 00 01"}, "phone", "01 99 00 00 01"),
        ({"prénom": "Zoé"}, "first_name", "Zoé"),
        ({"civilité": "madame"}, "civility", "Mme"),
        ({"langue": "en"}, "language", "en"),
        ({"fonction": ""}, "role", ""),
    ],
)
def test_one_field_changes_and_the_others_stay(ledger, typed, attribute, value):
    add(ledger, {"nom complet": "Eva Bélard", "fonction": "Journaliste"})
    before = stored(ledger)

    edited = edit(ledger, typed)

    assert getattr(stored(ledger), attribute) == value
    assert edited.changed == (attribute,)
    assert {**_fields(before), attribute: value} == _fields(stored(ledger))


def _fields(contact):
    return {name: getattr(contact, name) for name in contact.__slots__}


def test_the_journal_says_what_changed_without_the_values(ledger):
    add(ledger)

    edit(ledger, {"nom complet": "Eva Bélard"})
    edit(ledger, {"nom complet": "Eva Bélard"})

    entries = [each for each in ledger.journal.entries() if each.action == "edit-contact"]
    assert [(each.subject, each.detail) for each in entries] == [
        (str(EVA), "first_name, last_name")
    ]


@pytest.mark.parametrize(
    "typed",
    [{"courriel": "x@y.example"}, {"ne pas contacter": "x"}, {"zzz": "1"}, {"langue": "klingon"}],
)
def test_what_is_no_field_or_no_value_is_refused(ledger, typed):
    add(ledger)

    with pytest.raises(ContentError):
        edit(ledger, typed)


def test_a_person_leaves_one_list_and_stays_in_the_directory(ledger):
    add(ledger)
    add(ledger, list_name="asso")

    leave_list(EVA, "asso", actor=ACTOR, ledger=ledger, now=NOON)

    assert stored(ledger).lists == {"press"}
    assert [(each.name, each.size) for each in contact_lists(actor=ACTOR, ledger=ledger)] == [
        ("press", 1)
    ]
    with pytest.raises(RuleError, match="not on the list"):
        leave_list(EVA, "asso", actor=ACTOR, ledger=ledger, now=NOON)


def test_who_is_removed_gets_nothing_that_was_still_to_be_sent(ledger):
    mailing, deliveries = started(ledger, count=2)
    first = deliveries[0]
    reader = replace(a_contact(str(first.address)), id=first.contact_id)
    ledger.contacts.save([reader], actor=ACTOR, at=NOON)

    remove_contact(first.address, actor=ACTOR, ledger=ledger, now=NOON)

    statuses = {each.address: each.status for each in ledger.deliveries.of_mailing(mailing.id)}
    assert stored(ledger, first.address) is None
    assert statuses[first.address] is DeliveryStatus.CANCELLED
    assert list(statuses.values()).count(DeliveryStatus.PENDING) == len(deliveries) - 1


def test_nobody_is_edited_who_is_not_there(ledger):
    for act in (
        lambda: edit(ledger, {}),
        lambda: remove_contact(EVA, actor=ACTOR, ledger=ledger, now=NOON),
    ):
        with pytest.raises(RuleError, match="nobody in the directory"):
            act()


def test_second_addresses_are_set_and_a_lost_one_still_counts(ledger):
    add(ledger)

    edit(ledger, {"email 2": "eva@home.example; e.belard@home.example"})
    edited = edit(ledger, {"Courriel 2": "e.belard@home.example"})

    assert edited.changed == ("alternates",)
    assert stored(ledger).alternates == (Address.parse("e.belard@home.example"),)
    assert stored(ledger).former == (Address.parse("eva@home.example"),)


@pytest.mark.parametrize("value", ["nothing", "eva@home", "eva@home.example; other"])
def test_a_second_address_that_cannot_be_read_changes_nothing(ledger, value):
    add(ledger, {"email 2": "eva@home.example"})

    with pytest.raises(ContentError):
        edit(ledger, {"email 2": value})

    assert stored(ledger).alternates == (Address.parse("eva@home.example"),)
