"""The institutions that sign with the office in a sentence; no person is taken for one."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise

NOBODY = []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le Musée des cartes et la Bibliothèque du Confluent présentent douze atlas.", ["Bibliothèque du Confluent"]),
        ("L’Institut de botanique, l’Agence des haies et la Fondation Racines lancent un inventaire.", ["Agence des haies", "Fondation Racines"]),
        ("The Harbour Authority and the Tidal Institute invite reporters.", ["Tidal Institute"]),
        ("Le Laboratoire, aux côtés de la Chambre des semences, avance.", ["Chambre des semences"]),
        ("Un inventaire mené avec l’aide de la Fondation Humus.", ["Fondation Humus"]),
        ("Une balise conçue avec l’Observatoire du fleuve est à l’eau.", ["Observatoire du fleuve"]),
        ("A sensor built with the Moorland Trust has been set.", ["Moorland Trust"]),
        ("It was set by the team, alongside the Fen Society, in 2024.", ["Fen Society"]),
        ("Brest, le 11 janvier 2027 – L’Institut et l’Agence des haies invitent.", ["Agence des haies"]),
        ("Le Moulin des arts et l’association Fil de soie invitent la presse.", ["association Fil de soie"]),
        ("La Fondation Racines et la Guilde des potiers vous invitent.", ["Guilde des potiers"]),
        ("La Fondation Racines et la Guilde des potiers et verriers vous convient.", ["Guilde des potiers et verriers"]),
        ("La Guilde des potiers et verriers et la Fondation Racines exposent.", NOBODY),
        ("Avec le soutien de la Confrérie des meuniers et boulangers.", ["Confrérie des meuniers et boulangers"]),
        ("En partenariat avec la Guilde des potiers et la Ville de Brest.", ["Guilde des potiers", "Ville de Brest"]),
        ("En partenariat avec la Guilde des potiers et ses amis.", ["Guilde des potiers"]),
        ("En partenariat avec la Guilde des potiers et présente ses vases.", NOBODY),
        ("The Weir Trust and the Society of Lock Keepers invite photographers.", ["Society of Lock Keepers"]),
        ("The tour is supported by the Maritime Fund.", ["Maritime Fund"]),
        ("A show supported by Ada Byron.", NOBODY),
        ("L’association et la Ville invitent.", ["Ville"]),
        ("Le maire et la ministre présentent le projet.", NOBODY),
        ("Marie Curie et Pierre Curie présentent leurs travaux.", NOBODY),
        ("The Minister and the Mayor open the bridge.", NOBODY),
        ("L’Institut et la presse se retrouvent.", NOBODY),
        ("Aux côtés de Marie Durand, chercheuse.", NOBODY),
        ("She spoke alongside Professor Ada Byron in 2024.", NOBODY),
        ("A bridge built with Lego bricks.", NOBODY),
        ("Un film réalisé avec Paul Roy.", NOBODY),
    ],
)  # fmt: skip
def test_a_partner_in_a_sentence(text, expected):
    found = recognise(f"# Titre\n\n{text}\n", language="fr", today=date(2027, 1, 11))

    assert [fact.value for fact in found.facts if fact.path[0] == "partners"] == expected
    assert text.rpartition(" – ")[2] in found.text
