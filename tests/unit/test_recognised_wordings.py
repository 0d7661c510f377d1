"""Contacts, days, deadlines and embargoes in further wordings, and what only looks like one."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise
from tests.unit.test_recognised import values

TODAY = date(2027, 5, 3)
LEAD = {
    "fr": "# Le relais ouvre ses portes\n\nInvitation presse\n\nLe relais des Quatre-Ponts ouvre et il est grand.\n\n",
    "en": "# The Old Mill opens its wheel\n\nMedia advisory\n\nThe Old Mill opens its wheel and it is large.\n\n",
}


def facts(text, language="fr"):
    return values(recognise(LEAD[language] + text + "\n", language=language, today=TODAY))


@pytest.mark.parametrize(
    "text",
    [
        "Contact presse\n\nAnne Roy, directrice\n\n02 99 00 12 34\n\nanne.roy@relais.example",
        "Pour la presse, Anne Roy, directrice : 02 99 00 12 34, anne.roy@relais.example",
        "Pour la presse :\nAnne Roy, directrice\nTél. : 02 99 00 12 34\nCourriel : anne.roy@relais.example",
        "Source : Anne Roy, directrice, 02 99 00 12 34, anne.roy@relais.example",
        "Source : Anne Roy, directrice\n02 99 00 12 34\nanne.roy@relais.example",
        "Personne à contacter : Anne Roy, directrice\n02 99 00 12 34\nanne.roy@relais.example",
        "Contact pour les médias :\nAnne Roy, directrice\n02 99 00 12 34\nanne.roy@relais.example",
        "Contact\nAnne Roy, directrice\nTéléphone\n02 99 00 12 34\nanne.roy@relais.example",
        "For the press: Anne Roy, directrice, 02 99 00 12 34, anne.roy@relais.example",
    ],
)
def test_a_contact_with_name_role_number_and_address(text):
    found = facts(text)

    assert {
        key: found.get(f"press_contacts.0.{key}") for key in ("name", "role", "phone", "email")
    } == {
        "name": "Anne Roy",
        "role": "directrice",
        "phone": "02 99 00 12 34",
        "email": "anne.roy@relais.example",
    }
    assert "press_contacts.1.name" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Source : Météo France",
        "Source : Anne Roy, Le sel de mer, 2019",
        "Pour la presse, Anne Roy montrera les roues à 11 h.",
        "Pour la presse : accueil à 9 h",
        "Service de presse\nCOMMUNIQUÉ DE PRESSE\n02 99 00 12 30",
        "Contact presse\nPOUR DIFFUSION IMMÉDIATE\npresse@relais.example",
    ],
)
def test_nobody_is_invented(text):
    assert "press_contacts.0.name" not in facts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Du lundi 7 juin 2027 au dimanche 13 juin 2027, on fête l’eau.", ("2027-06-07", "2027-06-13")),
        ("La fête a lieu du samedi 5 au dimanche 6 juin 2027.", ("2027-06-05", "2027-06-06")),
        ("Le samedi 5 juin 2027, on nage ; le dimanche 6 juin 2027, on rame.", (None, None)),
        ("Du samedi 5 juin 2027 à 9 h au dimanche 6 juin 2027, on nage.", ("2027-06-05 09:00", None)),
    ],
)  # fmt: skip
def test_an_event_of_whole_days_has_its_first_and_its_last(text, expected):
    found = facts(text)

    assert (found.get("event.starts_at"), found.get("event.ends_at")) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Inscription obligatoire jusqu’au mardi 1er juin 2027 à minuit au plus tard.", "2027-06-01 23:59"),
        ("fr", "Accréditations jusqu’au 1er juin 2027, minuit, à presse@relais.example.", "2027-06-01 23:59"),
        ("en", "Please accredit by 5pm on Tuesday 1 June 2027 at press@mill.example.", "2027-06-01 17:00"),
        ("en", "Please register by midnight on 1 June 2027.", "2027-06-01 23:59"),
        ("fr", "Inscription obligatoire avant le mardi 1er juin 2027.", None),
    ],
)  # fmt: skip
def test_a_deadline_at_midnight_is_the_end_of_its_day(language, text, expected):
    assert facts(text, language).get("accreditation.deadline") == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Embargoed until 6 a.m. ADT, Thursday 17 June 2027", "2027-06-17 11:00"),
        ("Embargoed until Thursday 17 June 2027 at 9am ET", "2027-06-17 15:00"),
        ("Embargoed until 17 December 2027, 9:00 CET", "2027-12-17 09:00"),
        ("Sous embargo jusqu’au jeudi 17 juin 2027 à 6 h (HAA)", "2027-06-17 11:00"),
        ("Embargoed until 17 June 2027, 9:00 CET", None),  # the clocks show CEST
        ("Embargoed until 17 June 2027, 9:00 XYT", None),
    ],
)
def test_an_embargo_by_the_clock_of_another_country(label, expected):
    language = "fr" if label.startswith("Sous") else "en"
    text = f"{label}\n\n{LEAD[language]}"

    found = values(recognise(text, language=language, today=TODAY))
    assert found.get("embargo.until") == expected


@pytest.mark.parametrize("number", ["081 55 01 23", "02 555 01 23", "02/555.01.23"])
def test_a_belgian_number_has_nine_digits(number):
    found = facts(
        f"Contact presse : Sophie Roy, {number}, roy@relais.example, du lundi au vendredi"
    )

    assert found["press_contacts.0.phone"] == number
    assert "press_contacts.0.role" not in found


def test_none_of_several_days_is_taken_for_the_event():
    found = facts("Les soirées ont lieu les mardi 4, jeudi 6 et samedi 8 mai 2027 à 19 h 30.")

    assert "event.starts_at" not in found


def test_a_venue_called_like_a_street_is_no_street():
    found = facts("Où : Cité des métiers, 725, boulevard Roy Ouest, Québec")

    assert found["event.venue"] == "Cité des métiers"


def test_the_desk_and_the_mobile_of_a_belgian_contact():
    found = facts("Contact : Luc Maes, 04 355 01 23 ou 0470 12 34 56, presse@vise.example")

    assert found["press_contacts.0.phone"] == "04 355 01 23"
    assert found["press_contacts.0.mobile"] == "0470 12 34 56"


def test_a_label_for_questions_and_for_the_press():
    found = facts("Renseignements et presse : Luc Petit, 03 99 00 22 11, luc.petit@conte.example")

    assert found["press_contacts.0.email"] == "luc.petit@conte.example"


@pytest.mark.parametrize(
    "when",
    [
        "joignable de 9 h à 12 h 30 et, pendant le festival, jusqu’à 22 h",
        "du lundi au vendredi",
        "même le soir",
    ],
)
def test_when_somebody_answers_is_not_what_they_do(when):
    found = facts(f"Contact presse : Luc Petit, 03 99 00 22 11, luc.petit@conte.example, {when}")

    assert found["press_contacts.0.name"] == "Luc Petit"
    assert "press_contacts.0.role" not in found


@pytest.mark.parametrize(
    "place",
    [
        "Où ? Capitainerie – 2, quai du Maroc – 34200 Sète",
        "Lieu : Capitainerie — 2, quai du Maroc — 34200 Sète",
        "Rendez-vous le jeudi 10 juin 2027 à 9 h.\n\nCapitainerie – 2, quai du Maroc – 34200 Sète",
    ],
)
def test_dashes_may_stand_between_venue_street_and_town(place):
    found = facts(place)

    assert found["event.venue"] == "Capitainerie"
    assert found["event.address"] == "2, quai du Maroc, 34200 Sète"


def test_a_source_below_a_contact_is_no_second_one():
    found = facts(
        "Pour la presse, Marc Petit, conseiller : 06 39 98 00 11, marc@sete.example\nSource : Port de Sète"
    )

    assert found["press_contacts.0.name"] == "Marc Petit"
    assert "press_contacts.1.name" not in found
