"""Whom to call, with which number, and where to register: nothing of it is lost or given twice."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise
from tests.unit.test_recognised import values

TODAY = date(2027, 1, 11)


def numbers(text):
    found = values(recognise(f"# Titre\n\n{text}\n", language="fr", today=TODAY))
    return [
        tuple(found.get(f"press_contacts.{n}.{key}", "") for key in ("name", "phone", "mobile"))
        for n in range(3)
        if f"press_contacts.{n}.name" in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contact presse\nOdile Kerr – Tél. 02 99 00 18 44 Port. 06 39 98 18 44", [("Odile Kerr", "02 99 00 18 44", "06 39 98 18 44")]),
        ("Contact presse\nHélène Sorel\nT. 04 99 00 33 10 / M. 06 39 98 33 10", [("Hélène Sorel", "04 99 00 33 10", "06 39 98 33 10")]),
        ("Contact presse\nHélène Sorel\nM. 06 39 98 33 10 / T. 04 99 00 33 10", [("Hélène Sorel", "04 99 00 33 10", "06 39 98 33 10")]),
        (
            "Contacts :\n- Yasmine Roux, 05 99 00 70 11\n- Bruno Tissot, 05 99 00 70 12\n- Standard : 05 99 00 70 00",
            [("Yasmine Roux", "05 99 00 70 11", ""), ("Bruno Tissot", "05 99 00 70 12", "")],
        ),
        ("Media contact: Noor Haddad, (617) 555-0100", [("Noor Haddad", "(617) 555-0100", "")]),
        ("Media contact: Noor Haddad, +1 (617) 555-0100", [("Noor Haddad", "+1 (617) 555-0100", "")]),
        ("Media contact: Noor Haddad, 617.555.0100", [("Noor Haddad", "617.555.0100", "")]),
        ("Media contact\nIvy Marsh\n+44 (0)1632 960 120\nM: +44 7700 900 120", [("Ivy Marsh", "+44 (0)1632 960 120", "+44 7700 900 120")]),
        ("Media contact: Ian Bell, 020 7946 0123 (office), 07700 900123", [("Ian Bell", "020 7946 0123", "07700 900123")]),
        ("Media contact\nIvy Marsh\nSwitchboard: +44 1632 960 100", [("Ivy Marsh", "", "")]),
        ("Contact presse\nZoé Roy\n03 99 00 14 20\n03 99 00 14 21", [("Zoé Roy", "", "")]),
    ],
)  # fmt: skip
def test_each_number_is_that_of_its_person(text, expected):
    assert numbers(text) == expected


def test_the_number_of_a_switchboard_stays_in_the_text():
    found = recognise(
        "# Titre\n\nContact presse\nZoé Roy, 03 99 00 14 20\nStandard : 03 99 00 14 00\n",
        language="fr",
        today=TODAY,
    )

    assert "Standard : 03 99 00 14 00" in found.text
    assert "Zoé" not in found.text


@pytest.mark.parametrize(
    "text",
    [
        "Inscription obligatoire sur https://a.example/presse avant le lundi 5 avril à 12 h.",
        "Accréditation obligatoire par [ce formulaire](https://a.example/presse).",
        "Registration is required: see www.a.example/press.",
        "You must register through the [press form](https://a.example/press) or at p@a.example.",
    ],
)
def test_a_form_at_which_one_registers_stays_in_the_text(text):
    assert text in recognise(f"# Titre\n\n{text}\n", language="fr", today=TODAY).text


def test_an_address_at_which_one_registers_is_taken_out():
    text = "Accréditation obligatoire à [p@a.example](mailto:p@a.example)."

    found = recognise(f"# Titre\n\n{text}\n", language="fr", today=TODAY)

    assert "Accréditation" not in found.text
    assert found.value("accreditation", "addresses") == ("p@a.example",)


def test_what_follows_the_contacts_stays_and_an_initial_is_no_institution():
    text = (
        "# Title\n\nContact:\n\nGwen Price, communications lead – T : 01632 960455\n"
        "gwen@fen.example\n\nAbout the Fen Trust\n\nThe Trust looks after the fen.\n"
    )

    found = recognise(text, language="en", today=TODAY)

    assert found.value("press_contacts", 0, "organisation") is None
    assert "About the Fen Trust" in found.text
    assert "Gwen" not in found.text


@pytest.mark.parametrize(
    ("margin", "person"),
    [
        ("Contact presse : Zoé Roy, 03 99 00 14 20, z.roy@fen.example", ("Zoé Roy", "03 99 00 14 20", "z.roy@fen.example")),
        ("Station marine – Contact presse : Zoé Roy – 03 99 00 14 20", ("Zoé Roy", "03 99 00 14 20", None)),
        ("Fen Trust\nPress contact:\nGwen Price\n01632 960455", ("Gwen Price", "01632 960455", None)),
        ("Zoé Roy, 03 99 00 14 20", (None, None, None)),
        ("Page 1", (None, None, None)),
    ],
)  # fmt: skip
def test_a_contact_in_a_footer_is_taken_and_the_text_stays_as_it_is(margin, person):
    text = "# Titre\n\nTexte.\n\nContact presse :\n\nService communication\n"

    found = recognise(text, language="fr", today=TODAY, margins=(margin,))

    assert tuple(found.value("press_contacts", 0, key) for key in ("name", "phone", "email")) == (
        person
    )
    assert found.text == text.strip()


def test_a_person_of_the_text_is_not_given_again_by_the_footer():
    text = "# Titre\n\nContact presse : Zoé Roy, 03 99 00 14 20\n"

    found = recognise(
        text, language="fr", today=TODAY, margins=("Contact presse : Zoé Roy, 03 99 00 14 99",)
    )

    assert found.value("press_contacts", 0, "phone") == "03 99 00 14 20"
    assert found.value("press_contacts", 1, "name") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Presse\n\nPour une interview, appelez Zoé Roy au 03 99 00 14 20.", [("Zoé Roy", "03 99 00 14 20", "")]),
        ("## Presse\n\nContactez Zoé Roy (03 99 00 14 20) ou Max Le Bras (03 99 00 14 21).", [("Zoé Roy", "03 99 00 14 20", ""), ("Max Le Bras", "03 99 00 14 21", "")]),
        ("Press\n\nCall Ivy Marsh, head of news, on 01632 960 120.", [("Ivy Marsh", "01632 960 120", "")]),
        ("Press office: your contact is Noor Haddad at (617) 555-0100.", [("Noor Haddad", "(617) 555-0100", "")]),
        ("For interviews please contact Ben Hart on 07700 900 461.", [("Ben Hart", "07700 900 461", "")]),
        ("Pour toute question, contactez Zoé Roy au 03 99 00 14 20.", [("Zoé Roy", "03 99 00 14 20", "")]),
        ("Press\n\nIvy Marsh and Ian Bell speak to reporters on 01632 960 120.", []),
        ("Presse\n\nLe Musée des cartes répond au 03 99 00 14 20.", []),
        ("Presse\n\nZoé Roy répond aux journalistes.", []),
        ("Texte.\n\nZoé Roy a appelé le 03 99 00 14 20.", []),
        ("Media contact: Rita Olsen, 555-0171", [("Rita Olsen", "555-0171", "")]),
        ("Contact presse – Inès Vidal – 04 99 00 52 06", [("Inès Vidal", "04 99 00 52 06", "")]),
        ("Contact presse | Inès Vidal | 04 99 00 52 06", [("Inès Vidal", "04 99 00 52 06", "")]),
    ],
)  # fmt: skip
def test_a_contact_in_a_sentence_or_behind_a_dash(text, expected):
    assert numbers(text) == expected


def test_a_sentence_about_a_contact_stays_in_the_text_and_gives_the_role():
    text = "Press\n\nCall Ivy Marsh, head of news, on 01632 960 120 or at ivy@fen.example."

    found = recognise(f"# Title\n\n{text}\n", language="en", today=TODAY)

    assert found.value("press_contacts", 0, "role") == "head of news"
    assert found.value("press_contacts", 0, "email") == "ivy@fen.example"
    assert text in found.text


@pytest.mark.parametrize(
    "lines",
    [
        ("Guilde des potiers", "Zoé Roy, 03 99 00 14 20", "Atelier du port", "Max Le Bras, 03 99 00 14 21"),
        ("Guilde des potiers", "Zoé Roy", "03 99 00 14 20", "z@a.example", "Atelier du port", "Max Le Bras", "03 99 00 14 21"),
        ("Guilde des potiers : Zoé Roy, 03 99 00 14 20", "Atelier du port : Max Le Bras, 03 99 00 14 21"),
    ],
)  # fmt: skip
def test_the_institution_above_each_person_is_that_of_the_person(lines):
    text = "\n\n".join(("# Titre", "Texte.", "Contacts presse", *lines))

    found = recognise(text, language="fr", today=TODAY)

    people = [
        tuple(found.value("press_contacts", n, key) for key in ("name", "organisation"))
        for n in range(2)
    ]
    assert people == [("Zoé Roy", "Guilde des potiers"), ("Max Le Bras", "Atelier du port")]
    assert found.text == "# Titre\n\nTexte."


@pytest.mark.parametrize(
    ("role", "below"),
    [
        ("Attachée de presse", "03 99 00 14 20"),
        ("Directrice de la communication", "03 99 00 14 20"),
        ("Press Officer", "03 99 00 14 20"),
        ("Head of News", "03 99 00 14 20\n\nENDS"),
    ],
)
def test_a_role_on_a_line_of_its_own_is_no_institution_and_no_person(role, below):
    text = f"# Titre\n\nContact presse\n\nZoé Roy\n\n{role}\n\n{below}\n"

    found = recognise(text, language="fr", today=TODAY)

    assert found.value("press_contacts", 0, "role") == role
    assert found.value("press_contacts", 0, "organisation") is None
    assert found.value("press_contacts", 0, "phone") == "03 99 00 14 20"
    assert found.value("press_contacts", 1, "name") is None
