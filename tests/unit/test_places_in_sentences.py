"""Where an event takes place, as a sentence says it: a venue, its street, its town."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.lines import lines_of
from mailer.operations.campaigns.writing.recognising.moments import DateContext
from mailer.operations.campaigns.writing.recognising.places import place_facts


def told(sentence, language):
    found = place_facts(lines_of(sentence), DateContext(language, date(2027, 3, 1)))
    return tuple(
        next((fact.value for fact in found.facts if fact.path[1] == name), "")
        for name in ("venue", "address")
    )


@pytest.mark.parametrize(
    ("language", "sentence", "venue", "address"),
    [
        (
            "fr",
            "Elle ouvre le 4 mai 2027 à 10 h à la Maison des lilas, 12, rue des Lilas, à Vernoy.",
            "Maison des lilas",
            "12, rue des Lilas, Vernoy",
        ),
        (
            "fr",
            "Le 4 mai 2027 au Musée de la Mer, 12 bis quai des Brumes, Saint-Jean-de-Luz.",
            "Musée de la Mer",
            "12 bis quai des Brumes, Saint-Jean-de-Luz",
        ),
        (
            "fr",
            "Rendez-vous au Jardin des plantes, 3 quai Bonnard, 69000 Lyon.",
            "Jardin des plantes",
            "3 quai Bonnard, 69000 Lyon",
        ),
        (
            "en",
            "It opens on 4 May 2027 at 10 am at Elm House, 4 Oak Road, Norbury.",
            "Elm House",
            "4 Oak Road, Norbury",
        ),
        (
            "en",
            "On 4 May 2027, from 10.30 am to noon, in the Town Hall, 9 Elm Street, Norbury-on-Wye.",
            "Town Hall",
            "9 Elm Street, Norbury-on-Wye",
        ),
    ],
)
def test_a_place_that_a_sentence_says_whole_is_proposed(language, sentence, venue, address):
    assert told(sentence, language) == (venue, address)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Le 4 mai 2027, 3 rue Haute, Camille Petit, de l’institut, ouvrira la porte."),
        ("fr", "Le 4 mai 2027, 3 rue Haute, Madame parlera."),
        ("fr", "Le lundi 3 mai 2027, 12 personnes, rue de la Paix, ont marché."),
        ("fr", "La boutique est à la Maison des lilas, 12, rue des Lilas, à Vernoy."),
        ("en", "On 4 May 2027, 20 Citizens Meet, London."),
        ("en", "The shop stands at Elm House, 4 Oak Road, Norbury."),
    ],
)
def test_what_may_be_a_name_or_another_place_is_not_proposed(language, sentence):
    assert told(sentence, language) == ("", "")
