"""The facts of an old document: what it says outright is taken, and nothing else."""

from datetime import date

import pytest

from mailer.model.campaign import CampaignKind
from mailer.operations.campaigns.recognised import RecognisedFacts, recognise

TODAY = date(2026, 3, 2)

ADVISORY = """Information presse

Brest, le 2 mars 2026

# La mer, cartographiée

La Station marine présente ses cartes le mardi 31 mars 2026 à 9 h 30, devant la presse et les
associations. La première campagne date du 4 mai 1998.

**Lieu** : Station marine, 12 quai de l’Exemple, 29200 Brest

Accréditation obligatoire avant le vendredi 27 mars à midi, à presse@station.example.

**Contact presse**
Anne-Sophie Le Goff – chargée de presse
02 61 91 00 12
"""

ENGLISH = """MEDIA ADVISORY

# A map of the sea

The Marine Station shows its maps on Tuesday 31 March 2026 at 2:30 pm.

Venue: Marine Station, Brest
To register, write to press@station.example before 27 March.

Press contact: Ada Byron, +33 2 61 91 00 12, ada@station.example
"""


def test_an_advisory_gives_all_its_facts():
    found = recognise(ADVISORY, language="fr", today=TODAY)

    assert found.kind is CampaignKind.ADVISORY
    assert found.values() == {
        "title": "La mer, cartographiée",
        "event": "2026-03-31 09:30",
        "venue": "Station marine, 12 quai de l’Exemple, 29200 Brest",
        "contact": "Anne-Sophie Le Goff",
        "phone": "02 61 91 00 12",
        "address": "presse@station.example",
    }
    assert found.evidence()["event"] == "mardi 31 mars 2026 à 9 h 30"


def test_an_english_one_does_too():
    found = recognise(ENGLISH, language="en", today=TODAY)

    assert found.kind is CampaignKind.ADVISORY
    assert found.values() == {
        "title": "A map of the sea",
        "event": "2026-03-31 14:30",
        "venue": "Marine Station, Brest",
        "contact": "Ada Byron",
        "phone": "+33 2 61 91 00 12",
        "address": "press@station.example",
    }


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Rendez-vous le jeudi 9 avril à 18 heures.", "2026-04-09 18:00"),
        ("Rendez-vous jeudi 9 avril, de 9h30 à 17h.", "2026-04-09 09:30"),
        ("La journée a lieu le jeudi 9 avril.", "2026-04-09"),
        ("Le vendredi 15 janvier à 9 h, à Brest.", "2027-01-15 09:00"),
        ("Le mercredi 9 avril à 9 h.", None),  # a Thursday
        ("Le 9 avril à 9 h ou le 10 avril à 9 h.", None),  # two hours
        ("Le jeudi 9 avril ou le vendredi 10 avril.", None),
        ("Inscriptions jusqu’au 9 avril à 9 h.", None),
        ("Fondée le 9 avril 1998 à 9 h.", None),
        ("Paris, le 9 avril 2026 –\n\nLa recherche avance.", None),
        ("Le 31 février à 9 h.", None),
        ("En avril.", None),
    ],
)
def test_the_day_and_hour_of_an_event(text, event):
    assert (
        recognise(f"# Titre\n\n{text}\n", language="fr", today=TODAY).values().get("event") == event
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contact : Zoé Martin, 06 39 98 12 34", ("Zoé Martin", "06 39 98 12 34")),
        (
            "Contacts presse :\n\nZoé Martin\n\n01 99 00 12 34 / 06 39 98 12 34",
            ("Zoé Martin", None),
        ),
        ("Service de presse\nZoé Martin | 01.99.00.12.34", ("Zoé Martin", "01.99.00.12.34")),
        ("Contact presse\nZoé Martin 0199001234", (None, None)),  # not apart
        (
            "Contacts :\nZoé Martin\nPaul Roy\n01 99 00 12 34",
            ("Zoé Martin", None),  # the number is that of the other
        ),
        ("Au contact de la presse, Zoé Martin, 01 99 00 12 34", (None, None)),
        ("Nous restons en contact.", (None, None)),
    ],
)
def test_whom_to_call(text, expected):
    values = recognise(f"# Titre\n\n{text}\n", language="fr", today=TODAY).values()

    assert (values.get("contact"), values.get("phone")) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("COMMUNIQUÉ DE PRESSE – Un vaccin", "title", "Un vaccin"),
        ("Communiqué de presse\n\nUn vaccin\n\nDu texte.", "title", "Un vaccin"),
        ("# **Un vaccin**", "title", "Un vaccin"),
        ("Information presse\n\nBrest, le 2 mars 2026\n\nUn vaccin", "title", "Un vaccin"),
        ("Lieu : Brest\n\nLieu : Quimper", "venue", None),
        ("Le lieu du débat est connu.", "venue", None),
        ("S’inscrire à a@x.example ou s’inscrire à b@x.example.", "address", None),
        ("Écrivez à a@x.example.", "address", None),
        ("", "title", None),
    ],
)
def test_what_is_said_twice_or_not_at_all_is_not_taken(text, name, expected):
    assert recognise(text, language="fr", today=TODAY).values().get(name) == expected


def test_an_empty_document_says_nothing():
    assert recognise("", language="fr", today=TODAY) == RecognisedFacts()
