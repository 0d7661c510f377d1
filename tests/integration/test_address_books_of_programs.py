"""Lists as the programs of an office export them: their columns by meaning, then by content."""

from datetime import date

import pytest

from mailer.errors import ContentError
from mailer.files.contact_files import read_contacts


def read(tmp_path, *lines, delimiter=";", encoding="utf-8"):
    path = tmp_path / "export.csv"
    text = "\n".join(lines).replace(";", delimiter)
    path.write_text(f"{text}\n", encoding=encoding)
    return read_contacts(path, list_name="press", read_on=date(2026, 3, 2))


EXPORTS = {
    "Google, old": (
        (
            "Name;Given Name;Family Name;Name Prefix;E-mail 1 - Type;E-mail 1 - Value;E-mail 2 - Type;"
            "E-mail 2 - Value;Phone 1 - Value;Organization 1 - Name;Organization 1 - Title"
        ),
        (
            "Zoé Noël;Zoé;Noël;Mme;* Work;zoe@jour.example ::: z@home.example;Home;;0199001122;"
            "Le Jour;Cheffe"
        ),
    ),
    "Google, new": (
        (
            "First Name;Last Name;Name Prefix;Organization Name;Organization Title;"
            "E-mail 1 - Label;E-mail 1 - Value;E-mail 2 - Label;E-mail 2 - Value;Phone 1 - Value"
        ),
        "Zoé;Noël;Mme;Le Jour;Cheffe;* Work;zoe@jour.example;Home;z@home.example;0199001122",
    ),
    "Google, French": (
        (
            "Prénom;Nom de famille;Préfixe du nom;Nom de l'organisation;Titre de l'organisation;"
            "E-mail 1 - Libellé;E-mail 1 - Valeur;E-mail 2 - Valeur;Téléphone 1 - Valeur"
        ),
        "Zoé;Noël;Mme;Le Jour;Cheffe;Travail;zoe@jour.example;z@home.example;0199001122",
    ),
    "Thunderbird": (
        (
            "First Name;Last Name;Display Name;Primary Email;Secondary Email;Work Phone;Job Title;"
            "Organization;Name Prefix"
        ),
        "Zoé;Noël;Zoé Noël;zoe@jour.example;z@home.example;0199001122;Cheffe;Le Jour;Mme",
    ),
    "Thunderbird, French": (
        (
            "Prénom;Nom de famille;Nom à afficher;Première adresse électronique;"
            "Adresse électronique secondaire;Tél. professionnel;Fonction;Société;Civilité"
        ),
        "Zoé;Noël;Zoé Noël;zoe@jour.example;z@home.example;0199001122;Cheffe;Le Jour;Mme",
    ),
    "Outlook": (
        (
            "Title;First Name;Last Name;Company;Job Title;Business Phone;E-mail Address;E-mail Type;"
            "E-mail Display Name;E-mail 2 Address"
        ),
        (
            "Mme;Zoé;Noël;Le Jour;Cheffe;0199001122;zoe@jour.example;SMTP;"
            "Zoé Noël (zoe@jour.example);z@home.example"
        ),
    ),
    "Outlook, French": (
        (
            "Titre;Prénom;Nom;Société;Titre;Téléphone (bureau);Adresse de messagerie;"
            "Type de messagerie;Nom complet de l'adresse de messagerie;Adresse de messagerie 2"
        ),
        (
            "Mme;Zoé;Noël;Le Jour;Cheffe;0199001122;zoe@jour.example;SMTP;"
            "Zoé Noël (zoe@jour.example);z@home.example"
        ),
    ),
    "an office": (
        "Civilité;Prénom;Nom;Média;Fonction;Tél;E-mail perso;E-mail pro",
        "Mme;Zoé;Noël;Le Jour;Cheffe;0199001122;z@home.example;zoe@jour.example",
    ),
}


@pytest.mark.parametrize("program", EXPORTS)
def test_the_same_person_comes_out_of_every_program(tmp_path, program):
    (contact,) = read(tmp_path, *EXPORTS[program]).repaired

    assert str(contact.address) == "zoe@jour.example"
    assert list(map(str, contact.alternates)) == ["z@home.example"]
    assert (contact.civility, contact.name) == ("Mme", "Zoé Noël")
    assert (contact.organisation, contact.role) == ("Le Jour", "Cheffe")
    assert contact.phone == "0199001122"


@pytest.mark.parametrize(
    "header",
    [
        *("E-mail contact", "Coordonnées électroniques", "Mail du journaliste", "Courriel direct"),
        *("E-mail presse", "Adresse mail professionnelle", "Joindre", "Work email", "Où écrire"),
    ],
)
def test_a_column_of_addresses_is_known_by_its_meaning_or_by_what_it_holds(tmp_path, header):
    imported = read(tmp_path, f"Nom;{header}", "Noël;zoe@jour.example", "Roy;paul@jour.example")

    assert [contact.last_name for contact in imported.ready] == ["Noël", "Roy"]


@pytest.mark.parametrize(
    "header", ["Email consent", "E-mail type", "Mail envoyé le", "Statut mail"]
)
def test_a_column_about_mail_is_no_column_of_addresses(tmp_path, header):
    imported = read(tmp_path, f"{header};Courriel;Nom", "oui;zoe@jour.example;Noël")

    assert [str(contact.address) for contact in imported.ready] == ["zoe@jour.example"]


def test_the_address_of_the_desk_comes_last(tmp_path):
    imported = read(
        tmp_path, "E-mail rédaction;E-mail contact", "redaction@jour.example;zoe@jour.example"
    )

    (contact,) = imported.repaired
    assert str(contact.address) == "zoe@jour.example"


def test_an_address_inside_exchange_is_told_as_such(tmp_path):
    imported = read(
        tmp_path,
        "Nom;Adresse de messagerie;Type de messagerie",
        "Noël;/o=JOUR/ou=Paris/cn=Recipients/cn=znoel;EX",
        "Roy;paul@jour.example;SMTP",
    )

    assert "inside Exchange" in str(imported.quarantined[0].reason)
    assert len(imported.ready) == 1


def test_one_column_of_titles_is_a_function_or_a_civility_by_what_it_holds(tmp_path):
    function = read(tmp_path, "Titre;Média;Courriel", "Cheffe;Le Jour;zoe@jour.example").ready[0]
    civility = read(tmp_path, "Titre;Média;Courriel", "Mme;Le Jour;zoe@jour.example").ready[0]

    assert (function.role, function.civility) == ("Cheffe", "")
    assert (civility.role, civility.civility) == ("", "Mme")


def test_a_table_without_any_address_is_still_refused(tmp_path):
    with pytest.raises(ContentError, match="No column of addresses"):
        read(tmp_path, "Nom;Ville", "Noël;Lyon")


@pytest.mark.parametrize(
    "headers",
    ["Rédacteur;@;Support", "Identité;Adr. élec.;Rédaction", "gecos;email;organization"],
)
def test_names_and_outlets_are_known_beside_short_headers(tmp_path, headers):
    (contact,) = read(tmp_path, headers, "Paul Roy;paul@gazette.example;La Gazette").contacts

    assert (contact.name, contact.organisation) == ("Paul Roy", "La Gazette")


def test_of_two_columns_of_family_names_one_may_hold_whole_names(tmp_path):
    headers = "Nom;Prénom;Nom de famille;Courriel"

    imported = read(tmp_path, headers, "Lina de La Tour;Lina;de La Tour;lina@jour.example")

    assert [contact.name for contact in imported.contacts] == ["Lina de La Tour"]


def test_a_list_without_headers_says_that_only_its_addresses_are_read(tmp_path):
    imported = read(tmp_path, "Roy;Paul;p@jour.example", "Petit;Ana;a@radio.example")

    assert len(imported.contacts) == 2
    assert "There are no headers" in str(imported.remarks[0].what)


def test_a_row_with_another_delimiter_is_told_from_one_without_address(tmp_path):
    imported = read(
        tmp_path,
        "Nom,Prénom,Courriel",
        *("Petit,Ana,ana@radio.example", "Loi,Eva,eva@tele.example", '"Roy;Paul;p@jour.example"'),
    )

    (row,) = imported.quarantined
    assert "another delimiter" in str(row.reason)
