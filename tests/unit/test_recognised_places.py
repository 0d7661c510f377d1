"""Where an event takes place: on one line or on three, below a label or below the day."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise

DAY = "Rendez-vous le jeudi 8 avril 2027 à 9 h.\n\n"
PLACE = "Jardin des essais\\\n15 avenue de l’Exemple\\\n31400 Toulouse"
BOTH = ("Jardin des essais", "15 avenue de l’Exemple, 31400 Toulouse")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"## Où ?\n\n{PLACE}", BOTH),
        (f"Lieu : {PLACE}", BOTH),
        (f"Lieu\n\nJardin des essais\n\n{PLACE}", BOTH),
        ("Where?\n\nGate House\n\n20 Example Road\n\nOX1 2AB Oxford", ("Gate House", "20 Example Road, OX1 2AB Oxford")),
        (f"{DAY}{PLACE}", BOTH),
        ("Venue: Gate House, 20 Example Pier, Boston", ("Gate House", "20 Example Pier, Boston")),
        ("Lieu : Gare, 3 portes ouvertes, Brest", ("Gare, 3 portes ouvertes, Brest", None)),
        (f"{PLACE}\n\n{DAY}", (None, None)),  # a letterhead
        (f"{DAY}{PLACE}\n\nPuis :\n\nMairie\n\n3 rue de l’Exemple\n\n31000 Toulouse", (None, None)),
        (f"{DAY}Trente-deux bénévoles\n\n15 avenues fermées\n\nLe tout.", (None, None)),
        ("Lieu : Jardin des essais\n\n15 avenues seront fermées, dit la mairie.", ("Jardin des essais", None)),
    ],
)  # fmt: skip
def test_a_place_on_several_lines(text, expected):
    found = recognise(f"# Titre\n\nTexte.\n\n{text}\n", language="fr", today=date(2027, 1, 11))

    assert (found.value("event", "venue"), found.value("event", "address")) == expected
    assert ("essais" in found.text) == (expected[0] is None and "essais" in text)


def test_the_address_of_a_contact_is_not_that_of_the_event():
    text = f"# Titre\n\n{DAY}Contact presse\n\nZoé Roy, 03 99 00 14 20\n\n{PLACE}\n"

    found = recognise(text, language="fr", today=date(2027, 1, 11))

    assert found.value("event", "address") is None
    assert found.value("event", "venue") is None
