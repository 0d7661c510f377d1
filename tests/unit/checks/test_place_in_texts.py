"""Whoever is asked to come reads a street, also where no event is recognised in the text."""

import pytest

from tests.counterparts.recall import diagnosed

FRENCH = """Grenoble, le lundi 19 avril 2027

Le conservatoire présente sa saison

Le conservatoire dévoilera sa saison le jeudi 27 mai 2027. {said}

9 h 30 accueil
10 h 00 présentation

Les accréditations sont closes le vendredi 21 mai 2027 à 12 h.

Contact : Benoît Klein, 06 39 98 33 71, presse@sel.example
"""
ENGLISH = """Norbury, Monday 19 April 2027

The conservatory presents its season

The conservatory will unveil its season on Thursday 27 May 2027. {said}

9.30 am: coffee
10 am: presentation

Please ask for accreditation by noon on Friday 21 May 2027.

Contact: Fiona Lyle, 07700 900 123, press@salt.example
"""


def checks_of(frame, said):
    _read, diagnosis = diagnosed("a.txt", frame.format(said=said))
    return {each.check for each in diagnosis.findings}


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FRENCH, "La présentation a lieu dans la grande salle du conservatoire, à Grenoble."),
        (FRENCH, "Elle se tiendra au foyer du théâtre."),
        (FRENCH, "La rencontre aura lieu dans les ateliers de la manufacture, près de la gare."),
        (FRENCH, "Tout se déroulera à l’ancienne caserne."),
        (FRENCH, "La soirée a lieu sur le site de Valmont."),
        (ENGLISH, "The presentation takes place in the main hall of the conservatory."),
        (ENGLISH, "It will be held at the old mill, next to the station."),
        (ENGLISH, "The event takes place on the north campus."),
        (ENGLISH, "The briefing is held in the foyer of the theatre."),
        (ENGLISH, "The morning takes place at the sorting depot in Norbury."),
    ],
)
def test_a_room_without_a_street_is_told(frame, said):
    assert checks_of(frame, said) & {"no-street-address", "event-without-place"}


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (
            FRENCH,
            "La présentation a lieu dans la grande salle, 22, rue des Tisserands, à Grenoble.",
        ),
        (FRENCH, "Elle se tiendra au foyer du théâtre, place de la Comédie."),
        (FRENCH, "La rencontre aura lieu à la manufacture, 38000 Grenoble."),
        (FRENCH, "Tout se déroulera en ligne."),
        (FRENCH, "La visioconférence a lieu à 10 h."),
        (FRENCH, "Elle aura lieu au 14 bis, quai Perrière."),
        (ENGLISH, "The presentation takes place in the main hall, 22 Mill Road, Norbury NR1 2AB."),
        (ENGLISH, "It will be held at the old mill, Water Lane."),
        (ENGLISH, "The event takes place on Zoom."),
        (ENGLISH, "The briefing is held online."),
        (ENGLISH, "The morning takes place at 4 Depot Street."),
        (ENGLISH, "It will be held at 10 am."),
    ],
)
def test_a_street_or_a_screen_is_enough(frame, said):
    assert "no-street-address" not in checks_of(frame, said)
