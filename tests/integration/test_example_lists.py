"""The example campaign's lists hold the dirt they promise, and nobody who exists."""

from datetime import date
from pathlib import Path

import pytest

from mailer.files.contact_files import read_contacts

LISTS = Path(__file__).parents[2] / "campaigns" / "2017-12-09-recherche-associations" / "lists"
FILES = ("journalistes.xlsx", "associations.csv", "collegues.csv")


def read(file, list_name="press"):
    return read_contacts(LISTS / file, list_name=list_name, read_on=date(2017, 11, 20))


def counts(imported):
    return {
        "read": imported.read,
        "ready": len(imported.ready),
        "repaired": len(imported.repaired),
        "merged": len(imported.merged),
        "quarantined": len(imported.quarantined),
        "barred": len(imported.barred),
    }


def test_the_press_list_exercises_every_rule():
    imported = read("journalistes.xlsx")

    assert counts(imported) == {
        "read": 41,
        "ready": 34,
        "repaired": 3,
        "merged": 1,
        "quarantined": 2,
        "barred": 1,
    }
    assert {remark.where.line for remark in imported.repairs} == {15, 17, 30}
    slip, unreadable = imported.quarantined
    assert str(slip.suggestion) == "a.haddad@lequotidiendusoir.example"
    assert unreadable.suggestion is None
    assert [objection.where.line for objection in imported.objections] == [26]
    people = {contact.last_name: contact for contact in imported.contacts}
    assert people["Hollis"].language == "en"
    assert people["Cazals"].alternates
    assert ("Carte de presse", "non") in people["Rivoire"].notes
    assert sum(contact.is_generic for contact in imported.contacts) == 2
    assert sum(c.organisation == "Le Quotidien du Soir" for c in imported.contacts) == 3


def test_the_association_list_keeps_health_data_apart():
    imported = read("associations.csv", "associations")

    assert imported.encoding == "cp1252"
    assert counts(imported) == {
        "read": 30,
        "ready": 29,
        "repaired": 0,
        "merged": 0,
        "quarantined": 1,
        "barred": 0,
    }
    assert str(imported.quarantined[0].reason) == "The row has no address."
    assert any(c.notes == (("Maladie ou handicap", "Lupus"),) for c in imported.contacts)
    assert imported.unknown_columns == ()


def test_two_people_are_on_both_lists():
    press = {contact.id for contact in read("journalistes.xlsx").contacts}
    associations = {contact.id for contact in read("associations.csv").contacts}

    assert len(press & associations) == 2


def test_four_colleagues_receive_the_test_send():
    assert counts(read("collegues.csv"))["ready"] == 4


@pytest.mark.parametrize("file", FILES)
def test_every_address_is_in_a_reserved_domain(file):
    imported = read(file)

    cells = [text for q in imported.quarantined for _header, text in q.row.cells]
    domains = [a.domain for c in imported.contacts for a in (c.address, *c.alternates)]
    domains += [text.rpartition("@")[2] for text in cells if "@" in text]
    assert domains
    assert all(domain.endswith(".example") for domain in domains)
