"""Somebody who heads two bodies in one text heads one body under two names, or the text says so."""

import pytest

from tests.unit.checks.test_contradictions import findings


def says_two_names(language, text):
    found = {it.check for it in findings(language, "Bodies", text)}
    return bool(found & {"body-named-otherwise", "name-written-otherwise"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La carte paraît, dit Jean Corvin, directeur de l’Observatoire des forêts.\n\nLe Centre national de la futaie, dirigé par Jean Corvin, emploie 40 personnes."),
        ("fr", "La Maison de l’image, dont la directrice est Lise Harel, ouvre ses archives.\n\nLise Harel, directrice du Centre régional de la photographie, sera présente."),
        ("fr", "La Croix verte collecte des livres, annonce son président, Hugo Ferrand.\n\nHugo Ferrand, président du Comité d’entraide du Jura, remercie les bénévoles."),
        ("fr", "Fondée en 2020 par Marc Audet, Tilvo compte 12 salariés.\n\nLa ruche pèse le miel, dit Marc Audet, cofondateur de la société Agro-Tilvo."),
        ("fr", "L’ARS (agence régionale de santé) signe.\n\nLe dossier est à l’ARS (autorité régionale de santé)."),
        ("fr", "La Fondation d’entreprise Orvelle signe.\n\nLa Fondation Orvelle pour l’inclusion aide les jeunes."),
        ("en", "Marlow Gallery, led by Ann Prior, reopens.\n\nAnn Prior is the director of the Riverside Arts Centre."),
        ("en", "The Ashby School of Music plays. Jane Firth heads the Ashby School of Music.\n\nJane Firth, principal of the Ashby Conservatoire, will speak."),
        ("en", "Tom Cole, chair of the Dale Forest Society, plants an oak.\n\nThe Dale Woodland Trust was set up in 1990. Its chair is Tom Cole."),
    ],
)  # fmt: skip
def test_two_bodies_of_one_head_are_noted(language, text):
    assert says_two_names(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Anne Lecat, directrice du musée du Sel et présidente de l’association des Salines, ouvre la saison.\n\nL’association des Salines, que préside Anne Lecat, prête des outils."),
        ("fr", "L’Institut national du roc et du sel publie son bilan, dit sa directrice, Ana Petit.\n\nAna Petit, directrice de l’INRS, répond."),
        ("fr", "Luc Bon, directeur de l’École des mines, ouvre la rentrée.\n\nLuc Bon, directeur de l’École nationale supérieure des mines d’Alès, parle."),
        ("fr", "La société Ovalis grandit. Fondée par Paul Ort, Ovalis compte 20 salariés.\n\nPaul Ort, président d’Ovalis, recrute."),
        ("en", "The Harbour Trust reopens the pier. Its chair is Ann Low.\n\nAnn Low, former director of the Marlow Institute, has led it since 2020."),
        ("en", "Ann Low, head of the School of Law, is promoted.\n\nAnn Low, dean of the Faculty, starts in June."),
        ("en", "Tom Orr, chair of the Dale Choir, sings.\n\nThe Dale Choir, chaired by Tom Orr, has 40 singers."),
    ],
)  # fmt: skip
def test_short_forms_and_two_functions_are_left_alone(language, text):
    assert not says_two_names(language, text)
