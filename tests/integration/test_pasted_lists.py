"""Lists pasted from mails, mailing-list programs and documents: nobody in them is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.contacts.formats.text_tables import read_text_table
from mailer.contacts.reading import read_list
from mailer.files.contact_files import read_contacts
from mailer.files.quarantine import write_quarantine

TODAY = date(2017, 11, 20)
LINA = ("lina@jour.example", "Lina", "Moreau")
PAUL = ("paul@gazette.example", "Paul", "Roy")


def read(text):
    table = read_text_table(text.encode(), file="list.txt", encoding=None).table
    return read_list([table], file="list.txt", list_name="press", read_on=TODAY)


def people(imported):
    return [(str(each.address), each.first_name, each.last_name) for each in imported.contacts]


def to_decide(imported):
    return [row.row.texts[0] for row in imported.quarantined]


@pytest.mark.parametrize(
    "above", ["# Dump of the list : presse\n", "\n# Members of press\n#  \n\n", "# presse\r\n"]
)
def test_what_a_program_writes_above_its_list_is_no_row_and_no_header(above):
    imported = read(f"{above}lina@jour.example\tLina Moreau\npaul@gazette.example\tPaul Roy")

    assert people(imported) == [LINA, PAUL]
    assert imported.read == 2


def test_a_header_that_begins_with_a_number_sign_is_a_header():
    assert people(read("#;Nom complet;Courriel\n1;Lina Moreau;lina@jour.example")) == [LINA]


@pytest.mark.parametrize(
    "text",
    [
        "Lina Moreau <lina@jour.example>; Paul Roy <paul@gazette.example>",
        "Lina Moreau <lina@jour.example>, Paul Roy <paul@gazette.example>",
        "Lina Moreau <lina@jour.example>\nPaul Roy <paul@gazette.example>",
        "À : Lina Moreau <lina@jour.example>; Paul Roy <paul@gazette.example>",
        "To: Lina Moreau <lina@jour.example>\nCc : Paul Roy <paul@gazette.example>",
        "To: Lina Moreau <lina@jour.example>,\n\tPaul Roy <paul@gazette.example>",
        "Von: Lina Moreau [mailto:lina@jour.example]\nAn: Paul Roy [mailto:paul@gazette.example]",
        '"Moreau, Lina" <lina@jour.example>, "Roy, Paul" <paul@gazette.example>',
        "Moreau, Lina <lina@jour.example>, Roy, Paul <paul@gazette.example>",
        "'Lina Moreau' <lina@jour.example>; 'Paul Roy' <paul@gazette.example>;",
        "lina@jour.example Lina Moreau\npaul@gazette.example Paul Roy",
        "lina@jour.example\tLina Moreau\npaul@gazette.example\tPaul Roy",
        "lina@jour.example Lina Moreau paul@gazette.example Paul Roy",
        "Lina Moreau lina@jour.example Paul Roy paul@gazette.example",
        "Lina Moreau;lina@jour.example\nPaul Roy;paul@gazette.example",
        "a) Lina Moreau, lina@jour.example\nb) Paul Roy, paul@gazette.example",
        "- Lina Moreau : lina@jour.example\n- Paul Roy : paul@gazette.example",
        "• lina@jour.example : Lina Moreau\n• paul@gazette.example : Paul Roy",
        "Lina Moreau: lina@jour.example; Paul Roy: paul@gazette.example",
        "1. Lina Moreau (lina@jour.example)\n2. Paul Roy (paul@gazette.example)",
        "lina@jour.example (Lina Moreau), paul@gazette.example (Paul Roy)",
        "lina at jour.example (Lina Moreau)\npaul (at) gazette.example (Paul Roy)",
        "<lina@jour.example> Lina Moreau\n<paul@gazette.example> Paul Roy",
        "[Lina Moreau](mailto:lina@jour.example) / [Paul Roy](mailto:paul@gazette.example)",
        "Mme Lina Moreau - Le Jour - lina@jour.example\nM. Paul Roy - AFP - paul@gazette.example",
    ],
)
def test_two_people_come_out_of_a_pasted_list_whatever_is_between_them(text):
    imported = read(text)

    assert people(imported) == [LINA, PAUL]
    assert imported.read == 2


@pytest.mark.parametrize("separator", ["；", "，", "、", "｜", "·", " • ", " ▪ ", "●"])
def test_separators_of_other_writing_systems_and_dots_divide_too(separator):
    imported = read(
        separator.join(["lina@jour.example", "paul@gazette.example", "un@tele.example"])
    )

    assert imported.read == len(imported.contacts) == 3


@pytest.mark.parametrize("label", ["Para: ", "An: ", "Aan: ", "CCO: ", "Kopie: ", "A: "])
def test_the_label_of_a_mail_in_another_language_is_no_name_and_no_group(label):
    imported = read(f"{label}lina@jour.example")

    (contact,) = imported.contacts
    assert (contact.name, contact.notes) == ("", ())


def test_a_courtesy_behind_an_address_is_no_name():
    imported = read("Merci d’écrire à lina@jour.example et paul@gazette.example. Merci !")

    assert "Merci !" not in {each.name for each in imported.contacts}


def test_an_item_without_an_address_waits_for_a_person():
    imported = read("Lina Moreau <lina@jour.example>; Paul Roy; Groupe presse")

    assert people(imported) == [LINA]
    assert to_decide(imported) == ["Paul Roy", "Groupe presse"]
    assert imported.read == 3


def test_a_group_beside_a_single_address_is_no_name():
    imported = read("lina@jour.example; Groupe presse")

    assert people(imported) == [("lina@jour.example", "", "")]
    assert to_decide(imported) == ["Groupe presse"]


def test_a_name_without_an_address_between_two_others_is_not_taken_for_a_family_name():
    imported = read(
        "Groupe presse, Lina Moreau <lina@jour.example>, Eva Bélard, Paul <p@x.example>"
    )

    assert "Groupe presse" in to_decide(imported)
    assert people(imported)[0] == LINA


def test_an_address_twice_in_a_pasted_list_is_merged():
    imported = read("lina@jour.example, paul@gazette.example, LINA@jour.example")

    assert (len(imported.contacts), len(imported.merged), imported.read) == (2, 1, 3)


def test_the_label_of_a_group_stays_with_its_people():
    imported = read("Télévision :\nlina@jour.example\n\nRadio : paul@gazette.example, e@x.example")

    assert [dict(each.notes) for each in imported.contacts] == [
        {"Groupe": "Télévision"},
        {"Groupe": "Radio"},
        {"Groupe": "Radio"},
    ]


def test_what_stands_beside_a_name_is_a_note_and_no_name():
    (lina,) = read("Lina Moreau (Le Jour) <lina@jour.example> le matin").contacts

    assert (lina.first_name, lina.last_name) == ("Lina", "Moreau")
    assert dict(lina.notes) == {"Note": "le matin; Le Jour"}


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        ("Ana Petit, La Gazette <apetit@gazette.example>", "Ana Petit", "La Gazette"),
        ("Marc Le Roy, Radio Sud <leroy@sud.example>", "Marc Le Roy", "Radio Sud"),
        ("Jean Martin, AFP <jmartin@agence.example>", "Jean Martin", "AFP"),
        ("Léa Noël, L’Écho <lnoel@echo.example>", "Léa Noël", "L’Écho"),
        ("Le Roy, Marc <leroy@sud.example>", "Marc Le Roy", ""),
    ],
)
def test_a_name_and_an_outlet_before_an_address_are_one_person(text, name, note):
    imported = read(f"{text}; Bo Roy <bo@jour.example>")

    assert to_decide(imported) == []
    assert imported.contacts[0].name == name
    assert dict(imported.contacts[0].notes) == ({"Note": note} if note else {})


def test_an_address_in_place_of_a_name_is_not_written_to():
    (paul,) = read('"paul@ancien.example" <paul@gazette.example>').contacts

    assert str(paul.address) == "paul@gazette.example"
    assert (paul.name, paul.alternates) == ("", ())


def test_a_table_without_headers_is_no_pasted_list():
    imported = read("Moreau;Lina;lina@jour.example\nRoy;Paul;paul@gazette.example\n")

    assert imported.read == 2
    assert not imported.quarantined


def test_rows_to_decide_of_a_pasted_list_can_be_corrected_and_read_again(tmp_path):
    imported = read("lina@jour.example; Paul Roy; eva@radio.example")

    path = write_quarantine(imported, tmp_path / "decide.csv", say=str)
    path.write_text(path.read_text("utf-8-sig").replace("Paul Roy", "paul@gazette.example"))

    again = read_contacts(path, list_name="press", read_on=TODAY)
    assert [str(each.address) for each in again.contacts] == ["paul@gazette.example"]


NAMES = st.sampled_from(["", "Lina Moreau", '"Moreau, Lina"', "Groupe presse", "MOREAU Lina"])
SEPARATORS = st.sampled_from(["; ", ", ", "\n", " ;\n", ",\n\t", " / "])


@given(
    st.lists(
        st.tuples(NAMES, st.integers(0, 10**6)), min_size=1, max_size=12, unique_by=lambda p: p[1]
    ),
    st.data(),
)
def test_every_address_of_a_pasted_list_is_read(written, data):
    text = ""
    for name, number in written:
        address = f"person{number}@media.example"
        text += f"{name} <{address}>" if name else address
        text += data.draw(SEPARATORS)

    imported = read(text)

    assert {str(each.address) for each in imported.contacts} == {
        f"person{number}@media.example" for _name, number in written
    }
    assert imported.read == len(written)
