"""One thing that is counted twice has one number, whatever words stand beside it."""

import pytest

from tests.unit.checks.test_hours_told_twice import ENGLISH, FRENCH, diagnosed

FIGURES = {"figures-disagree", "measures-disagree", "figure-differs", "figure-of-synonym-differs"}


def asked_about_figures(frame, said):
    _read, diagnosis = diagnosed("a.txt", frame.format(said=said))
    return [str(each.what) for each in diagnosis.findings if each.check in FIGURES]


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FRENCH, "Cent dix tableaux sont exposés.\n\nLa visite des 130 tableaux dure une heure."),
        (FRENCH, "Soixante-douze lettres y sont montrées.\n\nCet ensemble de 84 lettres vient de Metz."),
        (FRENCH, "Le parcours présente quarante-huit maquettes.\n\nUne collection de 56 maquettes, cela ne s’était jamais vu."),
        (FRENCH, "Plus d’un quart des élèves (27 %) mange à la cantine trois fois par semaine.\n\nCes 31 % d’élèves qui mangent à la cantine trois fois par semaine paient moins."),
        (FRENCH, "Sur 480 logements visités, 62 sont vides.\n\nLes 74 logements vides seront vendus."),
        (FRENCH, "Des 1 200 arbres recensés, 310 sont malades.\n\nElle abattra les 350 arbres malades."),
        (FRENCH, "L’atelier fabriquera 4 000 pièces par an.\n\nAvec 5 000 vélos par an, l’atelier sera le premier de la région."),
        (FRENCH, "Trente-six équipes sont inscrites.\n\nAvec 42 équipes au départ, la course bat son record."),
        (FRENCH, "Sur 90 classes, 18 n’ont pas de professeur.\n\nLes 24 classes sans professeur sont en ville."),
        (ENGLISH, "Sixty-four letters are on show.\n\nThe display of 72 letters fills one room."),
        (ENGLISH, "Forty-two boats have entered.\n\nWith 48 boats at the start, the race is a record."),
        (ENGLISH, "Of 300 houses visited, 45 are empty.\n\nThe 54 empty houses will be sold."),
        (ENGLISH, "Of the 900 trees counted, 120 are sick.\n\nThe 150 sick trees will be felled."),
        (ENGLISH, "More than one pupil in four (28%) eats lunch alone.\n\nThe 32% of pupils who eat lunch alone will be asked again."),
        (ENGLISH, "The works will make 3,000 units in the first year.\n\nWith 4,000 bicycles in the first year, the works will be the largest in the county."),
        (ENGLISH, "The wing has 24 beds.\n\nFirst stop: the school room and the 26 beds of the wing."),
        (ENGLISH, "Of 80 wells visited, 19 are dry.\n\nThe 23 dry wells serve 4,000 people."),
        (ENGLISH, "The course has thirty-two stages.\n\nA course of 36 stages takes a week."),
    ],
)  # fmt: skip
def test_another_number_of_the_same_things_is_asked_about(frame, said):
    assert asked_about_figures(frame, said)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FRENCH, "Cent dix tableaux sont exposés.\n\nLa visite des 110 tableaux dure une heure."),
        (FRENCH, "Cent dix tableaux sont exposés, dont trente sortent des réserves.\n\nLa salle des 30 tableaux inédits ouvre la visite."),
        (FRENCH, "Sur 480 logements visités, 62 sont vides.\n\nLes 62 logements vides seront vendus."),
        (FRENCH, "Sur 480 logements visités, 62 sont vides et 74 sont vétustes.\n\nLes 74 logements vétustes seront vendus."),
        (FRENCH, "Des 1 200 arbres recensés, 310 sont malades.\n\nElle abattra 120 arbres malades avant l’été."),
        (FRENCH, "L’atelier fabriquera 4 000 pièces par an.\n\nSon concurrent fabrique 5 000 vélos par an."),
        (FRENCH, "Trente-six équipes sont inscrites.\n\nEn 2019, avec 42 équipes au départ, la course avait battu son record."),
        (FRENCH, "En vingt ans, leur surface a diminué de 17 % entre Roscoff et Quiberon.\n\nElle a diminué de 9 % à Brest."),
        (FRENCH, "La salle compte 240 places. Le concert a rempli 180 places."),
        (ENGLISH, "Sixty-four letters are on show, twelve of them for the first time.\n\nThe room of 12 new letters comes last."),
        (ENGLISH, "Forty-two boats have entered.\n\nWith 18 boats from abroad, the race is a record."),
        (ENGLISH, "Of 300 houses visited, 45 are empty.\n\nIn the next town, 54 empty houses were sold."),
        (ENGLISH, "Of 300 houses visited, 45 are empty and 54 are let.\n\nThe 54 let houses stay."),
        (ENGLISH, "The works will make 3,000 units in the first year.\n\nIn the second year, 4,000 bicycles will follow."),
        (ENGLISH, "The wing has 24 beds.\n\nThe old wing had 26 beds."),
        (ENGLISH, "She will conduct 24 concerts a year for four seasons.\n\nThe orchestra employs 72 players and gives 24 of its concerts each year under its conductor."),
        (FRENCH, "Avec 4 870 contrats signés, contre 4 510 un an plus tôt, l’artisanat atteint son plus haut niveau."),
        (ENGLISH, "The works cost £2.6 million.\n\nThe Friends raised £310,000 of the £2.6 million."),
        (FRENCH, "Deux bateaux partent toutes les vingt minutes.\n\nLa traversée dure dix-huit minutes."),
        (ENGLISH, "A shuttle leaves every fifteen minutes.\n\nThe journey takes twenty minutes."),
        (FRENCH, "La presse dispose de vingt places.\n\nLa tribune de 40 places est réservée aux familles."),
        (ENGLISH, "Twelve seats are offered on the boat.\n\nThe grandstand of 40 seats is for families."),
    ],
)  # fmt: skip
def test_parts_other_things_and_other_years_are_left_alone(frame, said):
    assert asked_about_figures(frame, said) == []


def test_a_part_is_set_against_that_part_and_not_against_the_whole():
    said = "Sur 2 310 puits visités, 970 sont à sec.\n\nLes 790 puits à sec desservent 400 000 personnes."

    (told,) = asked_about_figures(FRENCH, said)

    assert "970 sont à sec" in told
