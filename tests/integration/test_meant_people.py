"""Names and addresses that a list writes in a way of its own."""

from datetime import date

import pytest

from mailer.files.contact_files import read_contacts


def read(tmp_path, text, name="a.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_contacts(path, list_name="press", read_on=date(2026, 3, 2))


def people(imported):
    return [
        (str(each.address), each.first_name, each.last_name)
        for each in (*imported.ready, *imported.repaired)
    ]


@pytest.mark.parametrize(
    ("coded", "first", "last"),
    [
        ("=?utf-8?Q?Lina_Mor=C3=A9au?=", "Lina", "Moréau"),
        ("=?UTF-8?B?THVjIFJvecOp?=", "Luc", "Royé"),
        ("=?iso-8859-1?q?Lina_Mor=E9au?=", "Lina", "Moréau"),
        ("=?utf-8?q?Lina?= Roy", "Lina", "Roy"),
        ("=?no-such?q?Lina?= Roy", "=?no-such?q?Lina?=", "Roy"),
    ],
)
def test_a_name_coded_for_a_mail_header_is_read(tmp_path, coded, first, last):
    pasted = read(tmp_path, f"{coded} <a@tv.example>, Zoé Petit <z@tv.example>\n", "a.txt")
    table = read(tmp_path, f"Courriel;Nom complet\na@tv.example;{coded}\n")

    assert people(pasted)[0] == ("a@tv.example", first, last)
    assert people(table) == [("a@tv.example", first, last)]


@pytest.mark.parametrize("label", ["Presse", "To: Presse", "Cc : Presse régionale"])
def test_the_name_of_a_group_is_nobodys_first_name(tmp_path, label):
    imported = read(
        tmp_path, f"{label}: Ana Roy <a@tv.example>, Luc Petit <l@tv.example>;\n", "a.txt"
    )

    assert people(imported) == [("a@tv.example", "Ana", "Roy"), ("l@tv.example", "Luc", "Petit")]


@pytest.mark.parametrize("kind", ["Label", "Type"])
def test_the_preferred_address_of_google_contacts_comes_first(tmp_path, kind):
    headers = f"Name,E-mail 1 - {kind},E-mail 1 - Value,E-mail 2 - {kind},E-mail 2 - Value"
    rows = "Ana Roy,Home,a@home.example,* Work,a@tv.example\nLuc Roy,* ,l@home.example,Work,l@tv.example"

    imported = read(tmp_path, f"{headers}\n{rows}\n")

    assert [each for each, *_ in people(imported)] == ["a@tv.example", "l@home.example"]


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        ("Courriel;Votre nom;Votre prénom;Nom de l'entreprise associée", "Roy;Ana;La Gazette"),
        ("Email;Votre nom;Account Name", "Ana Roy;La Gazette"),
        ("Correo electrónico;Nombre;Apellidos;Medio", "Ana;Roy;La Gazette"),
        ("Correo;Nombre y apellidos;Medio de comunicación", "Ana Roy;La Gazette"),
        ("E-Mail-Adresse;Vorname;Nachname;Medium", "Ana;Roy;La Gazette"),
        ("Courriel;Prénom;Nom complet;Média", "Ana;Ana Roy;La Gazette"),
    ],
)
def test_headers_of_other_programs_and_languages_are_known(tmp_path, headers, cells):
    imported = read(tmp_path, f"{headers}\na@tv.example;{cells}\n")

    assert people(imported) == [("a@tv.example", "Ana", "Roy")]
    assert imported.ready[0].organisation == "La Gazette"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("M. et Mme Petit", ("", "Petit")),
        ("Mme et M. Jean Petit", ("Jean", "Petit")),
        ("Mr and Mrs Jean Petit", ("Jean", "Petit")),
        ("Mme Ève Petit", ("Ève", "Petit")),
    ],
)
def test_the_titles_of_a_couple_are_no_first_name(tmp_path, written, name):
    imported = read(tmp_path, f"Courriel;Nom complet\na@tv.example;{written}\n")

    assert people(imported) == [("a@tv.example", *name)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ana.roy@tv.example (La Gazette)", ("", "")),
        ("ana.roy@tv.example (RTBF)", ("", "")),
        ("ana.roy@tv.example (Ana Roy)", ("Ana", "Roy")),
        ("ana.roy@tv.example (…)", ("", "")),
    ],
)
def test_an_outlet_in_brackets_is_no_name(tmp_path, written, name):
    imported = read(tmp_path, f"{written}\nluc@tv.example (Luc Petit)\n", "a.txt")

    assert people(imported)[0][1:] == name


def test_a_card_of_a_company_has_no_first_name(tmp_path):
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Science Hebdo\nORG:Science Hebdo\nEMAIL:s@tv.example\nEND:VCARD\n"

    imported = read(tmp_path, card, "a.vcf")

    assert people(imported) == [("s@tv.example", "", "")]
    assert imported.ready[0].organisation == "Science Hebdo"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ana@orange,fr;", "ana@orange.fr"),
        ("ana@wanadoo,fr;", "ana@wanadoo.fr"),
        ("a@tv.example;nouvelle adresse : ana@radio.example", "ana@radio.example"),
        ("a@tv.example;new email: ana@radio.example", "ana@radio.example"),
        (
            "a@tv.example;a quitté la rédaction, écrire désormais à ana@radio.example",
            "ana@radio.example",
        ),
    ],
)
def test_the_address_that_was_meant_is_proposed(tmp_path, written, meant):
    (row,) = read(tmp_path, f"Courriel;Remarque\n{written}\n").quarantined

    assert str(row.suggestion) == meant


def test_lines_above_a_quoted_mail_are_nobody(tmp_path):
    text = "De : Ana Roy <a@tv.example>\nEnvoyé : lundi 3 mars\nÀ : Luc Petit <l@tv.example>\nObjet : rappel\n"

    imported = read(tmp_path, text, "a.txt")

    assert imported.quarantined == ()
    assert [each for each, *_ in people(imported)] == ["a@tv.example", "l@tv.example"]
