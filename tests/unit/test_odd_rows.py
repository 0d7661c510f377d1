"""Rows of a list that a person decides about: several people, signs, commas and accents."""

from datetime import date

import pytest

from mailer.contacts.formats.text_tables import read_text_table
from mailer.contacts.reading import read_list
from mailer.contacts.tables import Row, Table
from mailer.files.catalogues import translations_for
from mailer.wording import say


def taken_in(*rows):
    table = Table("", tuple(Row(number, cells) for number, cells in enumerate(rows, start=1)))
    return read_list([table], file="a.csv", list_name="press", read_on=date(2017, 12, 4))


def pasted(text):
    table, _encoding = read_text_table(text.encode(), file="a.txt", encoding=None)
    return read_list([table], file="a.txt", list_name="press", read_on=date(2017, 12, 4))


def ready(found):
    return [str(each.address) for each in (*found.ready, *found.repaired)]


def asked(found):
    return [say(each.reason, translations_for("en")) for each in found.quarantined]


@pytest.mark.parametrize(
    ("names", "addresses"),
    [
        ("Camille Petit et Jean Dupont", "camille@a.example, jean@a.example"),
        ("Camille Petit / Jean Dupont", "camille@a.example / jean@a.example"),
        ("Camille Petit\nJean Dupont", "camille@a.example\njean@a.example"),
        ("Camille Petit & Jean Dupont", "camille@a.example; jean@a.example"),
    ],
)
def test_two_people_in_one_row_are_asked_about(names, addresses):
    found = taken_in(("Nom complet", "E-mail"), (names, addresses))

    assert ready(found) == []
    (question,) = asked(found)
    assert "Camille Petit · Jean Dupont" in question


@pytest.mark.parametrize(
    ("names", "addresses"),
    [
        ("Petit, Camille", "camille@a.example, c.petit@b.example"),
        ("Camille Petit-Dupont", "camille@a.example; c.petit@b.example"),
        ("Camille Petit et Jean Dupont", "redaction@a.example"),
        ("Marguerite Etienne", "m@a.example, n@a.example"),
    ],
)
def test_one_person_with_two_addresses_and_two_with_one_are_taken(names, addresses):
    assert len(ready(taken_in(("Nom complet", "E-mail"), (names, addresses)))) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bo@tv.example,fr", "bo@tv.example.fr"),
        ("bo@tv,example.fr", None),
        ("bo@tv.example, fr", None),
        ("léa.réeves@a.example", "lea.reeves@a.example"),
        ("françois@a.example", "francois@a.example"),
    ],
)
def test_an_address_that_hardly_anybody_has_is_asked_about_with_the_likely_one(typed, meant):
    found = taken_in(("Nom", "E-mail"), ("Bo", typed))

    if meant is None:
        assert "bo@tv.example" in ready(found) or found.quarantined
    else:
        assert ready(found) == []
        assert [str(each.suggestion) for each in found.quarantined] == [meant]


@pytest.mark.parametrize("address", ["用户@例子.example", "δοκιμή@a.example"])
def test_true_international_addresses_are_taken_as_they_are(address):
    assert len(ready(taken_in(("Nom", "E-mail"), ("Bo", address)))) == 1


@pytest.mark.parametrize(
    ("bearer", "legend"),
    [
        ("Bea *", "* désinscrite"),
        ("*Bea", "* = ne plus contacter"),
        ("Bea #", "# décédé(e)"),
        ("(Bea)", "() : ne souhaite plus recevoir nos communiqués"),
        ("(Bea)", "Entre parenthèses : désabonnés"),
        ("Bea **", "** unsubscribed"),
    ],
)
def test_who_bears_a_sign_that_the_foot_of_the_list_explains_is_asked_about(bearer, legend):
    found = taken_in(
        ("Nom", "E-mail"),
        ("Ada", "ada@a.example"),
        (bearer, "bea@a.example"),
        ("", ""),
        (legend, ""),
    )

    assert ready(found) == ["ada@a.example"]
    assert any(legend in question for question in asked(found))


@pytest.mark.parametrize("legend", ["* présidente", "* = télévision", "(1) voir la page 3"])
def test_a_sign_that_refuses_nothing_asks_nothing(legend):
    found = taken_in(("Nom", "E-mail"), ("Bea *", "bea@a.example"), (legend, ""))

    assert ready(found) == ["bea@a.example"]


def test_whom_mailman_does_not_deliver_to_is_asked_about():
    found = pasted(
        "ada@a.example\n(bea@a.example)\ncleo@a.example\n\n"
        "(addresses in parentheses: delivery disabled)\n"
    )

    assert ready(found) == ["ada@a.example", "cleo@a.example"]
    assert any("delivery disabled" in question for question in asked(found))
