"""What a release says in its sentences, without labels, is not missed by the checks."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.counterparts.advisories import FOLDER
from tests.counterparts.recall import diagnosed

CORRECT = sorted((FOLDER / "prose").glob("*.txt"))

INVITATION = """INVITATION PRESSE

Vernoy, le 12 avril 2027

# La Maison des lilas rouvre sa serre

La serre de Vernoy rouvre mardi 4 mai 2027{hour}{place}. Elle compte quarante plantes.
{ask}
Presse

{contact}
"""
HOUR, PLACE = " à 10 h", ", à la Maison des lilas, 12, rue des Lilas, à Vernoy"
CONTACT = "Léa Morin, 06 39 98 12 34, répond aux journalistes."
ASK = "Accréditation obligatoire : écrire avant le jeudi 29 avril 2027 à presse@lilas.example.\n"


def checks_of(text):
    return {each.check for each in diagnosed("a.txt", text)[1].findings}


def invitation(*, hour=HOUR, place=PLACE, ask=ASK, contact=CONTACT):
    return checks_of(INVITATION.format(hour=hour, place=place, ask=ask, contact=contact))


@pytest.mark.parametrize("path", CORRECT, ids=[path.stem for path in CORRECT])
def test_a_correct_text_in_sentences_has_no_finding_that_blocks_or_warns(path):
    _read, diagnosis = diagnosed("a.txt", path.read_text("utf-8"))

    assert [each for each in diagnosis.findings if each.severity is not Severity.NOTE] == []


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"hour": ""}, "event-without-hour"),
        ({"place": ""}, "event-without-place"),
        ({"place": ", à Vernoy"}, "event-without-place"),
        ({"place": ", à la Maison des lilas"}, "no-street-address"),
        ({"contact": "Léa Morin répond aux journalistes."}, "press-contact-without-phone"),
        ({"contact": "Standard : 01 99 00 12 34"}, "press-contact-without-phone"),
        (
            {"ask": "Accréditation obligatoire avant le 29 avril 2027.\n"},
            "accreditation-without-address",
        ),
        ({"ask": "L’accréditation est nécessaire.\n"}, "accreditation-without-deadline"),
        ({"ask": "Répondez avant le 6 mai 2027 à presse@lilas.example.\n"}, "deadline-after-event"),
    ],
)
def test_what_no_sentence_says_is_still_missing(changes, check):
    assert check not in invitation()
    assert check in invitation(**changes)


@pytest.mark.parametrize(
    "said",
    [
        ", au pied du donjon, place du Marché, à Vernoy",
        ". Rendez-vous au Jardin des plantes, 3 quai des Roses, 69000 Lyon",
        ", dans la grande salle, 4 bis avenue Foch",
    ],
)
def test_a_street_may_stand_anywhere_above_the_contacts(said):
    assert invitation(place=said).isdisjoint({"event-without-place", "no-street-address"})


def test_the_address_of_the_office_is_no_place_of_an_event():
    contact = f"{CONTACT} Notre siège est au 3, rue du Port, à Vernoy."

    assert "event-without-place" in invitation(place="", contact=contact)


@pytest.mark.parametrize(
    "text",
    [
        (
            "PRESS RELEASE\n\nLeeds, 17 May 2027\n\n# Volunteers clear the banks\n\nOn Saturday 20 March,"
            " from 9 am to noon, 140 people cleared the banks at Leeds.\n\nPress\nAnn Low, 07700 900123\n"
        ),
        (
            "Rennes, le 17 mai 2027\n\n# Les berges sont propres\n\nSamedi 20 mars, de 9 h à 12 h, les"
            " habitants de Rennes ont nettoyé les berges avec les élus et les pêcheurs de la ville.\n"
        ),
    ],
)
def test_what_has_just_been_is_no_event(text):
    assert {each for each in checks_of(text) if each.startswith("event")} == set()
