"""The facts of an old document: what it says outright is taken, and nothing else."""

from datetime import date

import pytest

from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.proposals import RecognisedDocument
from mailer.operations.campaigns.writing.recognising.document import recognise as recognised

TODAY = date(2026, 3, 2)


def recognise(text, *, language="fr"):
    return recognised(text, language=language, today=TODAY)


def values(found):
    """The values by their key in campaign.toml, moments as one writes them."""
    shown = {}
    for fact in found.facts:
        value = fact.value
        if hasattr(value, "isoformat"):
            value = value.isoformat(*([" ", "minutes"] if hasattr(value, "hour") else []))
        shown[".".join(map(str, fact.path))] = value
    return shown


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
    found = recognise(ADVISORY)

    assert found.kind is CampaignKind.ADVISORY
    assert values(found) == {
        "kind": "advisory",
        "place": "Brest",
        "title": "La mer, cartographiée",
        "event.starts_at": "2026-03-31 09:30",
        "event.venue": "Station marine",
        "event.address": "12 quai de l’Exemple, 29200 Brest",
        "accreditation.required": True,
        "accreditation.deadline": "2026-03-27 12:00",
        "accreditation.addresses": ("presse@station.example",),
        "press_contacts.0.name": "Anne-Sophie Le Goff",
        "press_contacts.0.role": "chargée de presse",
        "press_contacts.0.phone": "02 61 91 00 12",
    }
    words = {fact.path[-1]: fact.words for fact in found.facts}
    assert words["starts_at"].endswith("le mardi 31 mars 2026 à 9 h 30, devant la presse et les")
    assert found.text.startswith("# La mer, cartographiée\n\nLa Station marine")
    assert "Accréditation" not in found.text
    assert "Anne-Sophie" not in found.text
    assert {"Information presse", "Brest, le 2 mars 2026"} < set(found.taken_out)


def test_an_english_one_does_too():
    found = recognise(ENGLISH, language="en")

    assert found.kind is CampaignKind.ADVISORY
    assert values(found) == {
        "kind": "advisory",
        "title": "A map of the sea",
        "event.starts_at": "2026-03-31 14:30",
        "event.venue": "Marine Station, Brest",
        "accreditation.addresses": ("press@station.example",),
        "press_contacts.0.name": "Ada Byron",
        "press_contacts.0.phone": "+33 2 61 91 00 12",
        "press_contacts.0.email": "ada@station.example",
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
    assert values(recognise(f"# Titre\n\n{text}\n")).get("event.starts_at") == event


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contact : Zoé Martin, 06 39 98 12 34", ("Zoé Martin", "06 39 98 12 34")),
        (
            "Contacts presse :\n\nZoé Martin\n\n01 99 00 12 34 / 06 39 98 12 34",
            ("Zoé Martin", "01 99 00 12 34"),
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
    found = values(recognise(f"# Titre\n\n{text}\n"))

    assert (found.get("press_contacts.0.name"), found.get("press_contacts.0.phone")) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("COMMUNIQUÉ DE PRESSE – Un vaccin", "title", "Un vaccin"),
        ("Communiqué de presse\n\nUn vaccin\n\nDu texte.", "title", "Un vaccin"),
        ("# **Un vaccin**", "title", "Un vaccin"),
        ("Information presse\n\nBrest, le 2 mars 2026\n\nUn vaccin", "title", "Un vaccin"),
        ("Lieu : Brest\n\nLieu : Quimper", "event.venue", None),
        ("Le lieu du débat est connu.", "event.venue", None),
        ("Écrivez à a@x.example.", "accreditation.addresses", None),
        ("", "title", None),
    ],
)
def test_what_is_said_twice_or_not_at_all_is_not_taken(text, name, expected):
    assert values(recognise(text)).get(name) == expected


def test_an_empty_document_says_nothing():
    assert recognise("") == RecognisedDocument(language="fr")
