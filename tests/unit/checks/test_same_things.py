"""One thing that a text puts at two hours, lets last until two days, or ends after its close."""

import pytest

from tests.unit.checks.test_nearly_right import checks_of

OF_MOMENTS = {"moment-differs", "hour-differs", "event-differs", "practical-part-differs"}


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("fr", "Prix", "Le prix sera remis le jeudi 4 mars 2027 à 19 h. La remise sera suivie d’un buffet à 21 h.\n\nProgramme\n19 h : remise du prix\n20 h 30 : buffet offert par la Ville"),
        ("fr", "Salon", "Le salon se tient le jeudi 4 mars 2027, de 9 h à 17 h, à la halle d’Arbois.\n\n9 h : accueil\n10 h : débat\n14 h : ateliers\n17 h 30 : clôture"),
        ("fr", "Expo", "L’exposition sur les orgues est visible jusqu’au 23 avril 2027.\n\nLe public pourra revoir les orgues jusqu’au 30 avril 2027."),
        ("fr", "Jardin", "Le labyrinthe de maïs est ouvert jusqu’au dimanche 5 septembre 2027.\n\nTarif unique de 4 euros ; le labyrinthe accueille les écoles jusqu’au 12 septembre 2027."),
        ("fr", "Concert", "Le concert a lieu le samedi 5 juin 2027, avec une répétition à 15 h.\n\n14 h : répétition ouverte au public\n20 h : concert"),
        ("en", "Prize", "The prize is given on Thursday 4 March 2027 at 7 pm, followed by a buffet at 9 pm.\n\nProgramme\n7 pm: prize-giving\n8.30 pm: buffet given by the town"),
        ("en", "Fair", "The fair is held on Thursday 4 March 2027, from 9 am to 5 pm, in Leeds town hall.\n\n9 am: welcome\n10 am: debate\n2 pm: workshops\n5.30 pm: close"),
        ("en", "Show", "The exhibition of organs can be seen until 23 April 2027.\n\nVisitors can see the organs until 30 April 2027."),
        ("en", "Concert", "The concert is on Saturday 5 June 2027, with a rehearsal at 3 pm.\n\n2 pm: rehearsal, open to all\n8 pm: concert"),
    ],
)  # fmt: skip
def test_one_thing_at_two_moments_is_noted(language, headline, text):
    assert checks_of(language, headline, text) & OF_MOMENTS


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("fr", "Prix", "Le prix sera remis le jeudi 4 mars 2027 à 19 h. La remise sera suivie d’un buffet à 20 h 30.\n\nProgramme\n19 h : remise du prix\n20 h 30 : buffet offert par la Ville"),
        ("fr", "Salon", "Le salon se tient le jeudi 4 mars 2027, de 9 h à 17 h 30, à la halle d’Arbois.\n\n9 h : accueil\n10 h : débat\n14 h : ateliers\n17 h 30 : clôture"),
        ("fr", "Expo", "L’exposition sur les orgues est visible jusqu’au 23 avril 2027.\n\nLes inscriptions à l’atelier d’orgues sont ouvertes jusqu’au 2 avril 2027."),
        ("fr", "Expo", "L’exposition sur les orgues, prévue jusqu’au 23 avril 2027, est prolongée jusqu’au 30 avril 2027.\n\nSuite."),
        ("fr", "Deux", "Le samedi 5 juin 2027, deux visites : première visite à 10 h, autre visite à 15 h.\n\n10 h : visite\n15 h : visite"),
        ("fr", "Bureau", "Le standard répond de 9 h à 17 h. La matinée a lieu le jeudi 4 mars 2027 à 10 h.\n\n10 h : accueil\n11 h : visite\n12 h : questions\n12 h 30 : fin"),
        ("en", "Fair", "The fair is held on Thursday 4 March 2027, from 9 am to 5 pm, in Leeds town hall.\n\n9 am: welcome\n10 am: debate\n2 pm: workshops\n5 pm: close"),
        ("en", "Show", "The exhibition of organs can be seen until 23 April 2027.\n\nThe café serves lunch until 30 May 2027."),
        ("en", "Concert", "The concert is on Saturday 5 June 2027, with a rehearsal at 2 pm.\n\n2 pm: rehearsal, open to all\n8 pm: concert"),
        ("en", "Show", "Booking for the organ tour is open until 2 April 2027.\n\nThe organ exhibition was to last until 23 April 2027 and is extended until 30 April 2027."),
    ],
)  # fmt: skip
def test_two_things_at_two_moments_are_left_alone(language, headline, text):
    assert "moment-differs" not in checks_of(language, headline, text)
