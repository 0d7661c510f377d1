"""Key figures, headlines and days that give another number, and sums that nearly add up."""

import pytest

from tests.counterparts.recall import diagnosed

FRAME = {
    "fr": "Communiqué de presse\n\nArbois, le 3 mars 2027\n\n{}\n\n{}\n\nContact presse : Anne Roy, 03 84 00 12 34",
    "en": "PRESS RELEASE\n\nLeeds, 3 March 2027\n\n{}\n\n{}\n\nPress contact: Ann Roy, 0113 496 0123",
}
OF_FIGURES = {"figures-disagree", "figure-differs", "measures-disagree", "headline-differs"}
OF_SUMS = {"parts-disagree", "share-of-count-differs"}


def checks_of(language, headline, text):
    found = diagnosed("a.txt", FRAME[language].format(headline, text))[1].findings
    return {it.check for it in found}


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("fr", "Le musée expose", "Le musée expose 180 dessins sauvés du feu.\n\nEn bref\n• 165 dessins exposés\n• 4 salles"),
        ("fr", "La clinique ouvre 24 chambres", "La clinique ouvre lundi 5 avril 2027 un nouveau bâtiment.\n\nChambres : 22"),
        ("fr", "Les 62 équipages partent", "Le départ est donné au port.\n\nChiffres clés\n- 65 équipages engagés\n- 3 bassins"),
        ("fr", "L’usine recrute", "L’usine recrute 140 soudeurs d’ici à l’été 2028.\n\nEn chiffres\n150 soudeurs recrutés\n2 ateliers"),
        ("fr", "La bibliothèque rouvre", "La bibliothèque rouvre avec 45 000 livres en accès libre.\n\nInfos pratiques\nLivres en libre accès : 54 000\nEntrée libre"),
        ("fr", "Une forêt de 320 hêtres", "La commune plante 320 hêtres le long de la voie.\n\nChiffres\n• 230 hêtres\n• 4 hectares"),
        ("fr", "Ovalis grandit", "Au 31 décembre 2026, 320 communes utilisaient ses bornes.\n\nFondée en 2020, Ovalis emploie 20 personnes. Au 31 décembre 2026, elle équipait 280 communes."),
        ("en", "Museum shows", "The museum shows 180 drawings saved from the fire.\n\nAt a glance\n- 165 drawings on show\n- 4 rooms"),
        ("en", "Clinic opens 24 bedrooms", "The clinic opens its new wing on Monday 5 April 2027.\n\nNumber of bedrooms: 22"),
        ("en", "Plant hires", "The move brings 65 new jobs to the town.\n\nNew jobs created in the town: 80"),
        ("en", "Relay draws 62 teams", "Runners leave the harbour at dawn.\n\nKey figures\n* 65 teams entered\n* 3 stages"),
        ("en", "Library reopens", "The library reopens with 45,000 books on open shelves.\n\nFacts\nBooks on open shelves: 54,000"),
        ("en", "Charity helps", "The charity served 1,450 meals at its canteen on Sunday 3 January 2027.\n\nIn figures\n1,540 meals served\n12 cooks"),
        ("en", "Kestrel grows", "On 31 December 2026, 320 farms used its sensor.\n\nFounded in 2015, Kestrel employs 60 people. On 31 December 2026 it had 280 farms on its books."),
        ("fr", "Un festival de 38 concerts", "Le festival propose ses concerts dans douze villages.\n\nLe programme compte 36 concerts et 4 bals, du 3 au 9 mai 2027."),
    ],
)  # fmt: skip
def test_a_line_of_figures_that_gives_another_number_is_noted(language, headline, text):
    assert checks_of(language, headline, text) & OF_FIGURES


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("fr", "Le musée expose", "Le musée expose 180 dessins, dont 120 dessins de jeunesse.\n\nEn bref\n• 120 dessins de jeunesse\n• 4 salles"),
        ("fr", "La clinique ouvre 24 lits", "La clinique ouvre un bâtiment.\n\n• 14 lits en hospitalisation\n• 10 lits en ambulatoire"),
        ("fr", "Les 62 équipages partent", "En 2025, 58 équipages avaient pris le départ.\n\n- 62 équipages engagés"),
        ("fr", "L’usine recrute", "L’usine emploie 140 soudeurs. Elle en recrutera d’autres : 30 soudeurs de plus.\n\nEn chiffres\n140 soudeurs"),
        ("fr", "La bibliothèque", "La bibliothèque a 45 000 livres.\n\nLivres : plus de 45 000"),
        ("fr", "Course", "La course réunit 300 coureurs le samedi.\n\nProgramme\n10 h : départ de 120 coureurs juniors\n14 h : départ de 180 coureurs seniors"),
        ("fr", "Ovalis", "En 2024, 280 communes utilisaient ses bornes. Elles sont 320 communes en 2026.\n\nChiffres\n320 communes"),
        ("fr", "Un tarif", "Il y a 120 places dans la salle.\n\nParking : 80 places"),
        ("en", "Museum shows", "The museum shows 180 drawings, and each of its rooms has 110 drawings at most.\n\nAt a glance\n- 180 drawings"),
        ("en", "Clinic", "The clinic has 24 bedrooms; the old one had 20 bedrooms.\n\nBedrooms: 24"),
        ("en", "Plant", "The move brings 65 new jobs to the town, where the firm already has 80 jobs.\n\nNew jobs: 65"),
        ("en", "Relay", "Some 60 teams have entered.\n\n- 62 teams entered"),
        ("en", "Library", "The library has 45,000 books, and lends 40,000 books a year.\n\nBooks: 45,000"),
        ("en", "Meals", "The charity served 1,450 meals in 2026, and 1,300 meals in 2025.\n\nMeals served in 2026: 1,450"),
        ("en", "Farms", "About 300 farms use it.\n\n320 farms"),
    ],
)  # fmt: skip
def test_figures_of_something_else_are_left_alone(language, headline, text):
    assert checks_of(language, headline, text).isdisjoint(OF_FIGURES)


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("fr", "Le plan", "Le budget est de 48 millions d’euros. La voirie en prend une part (22 millions), puis les écoles (15 millions) et les parcs (13 millions).\n\nSuite."),
        ("fr", "Le dépôt", "La mairie a reçu 320 demandes. Au total, 144 venaient de locataires, soit 48 %.\n\nSuite."),
        ("fr", "Les dons", "Les dons viennent à 40 % par legs, à 35 % par virement et à 40 % par chèque.\n\nSuite."),
        ("fr", "Les aides", "La Ville verse 12 000 euros, la Région 9 500 euros, l’État 7 500 euros, pour un coût de 31 000 euros.\n\nSuite."),
        ("fr", "Les lacs", "Sur les 80 lacs suivis, 41 vont bien, 22 vont mal et 14 ne sont pas classés.\n\nSuite."),
        ("fr", "Un tiers", "Un tiers (42 %) des élèves marche.\n\nSuite."),
        ("fr", "Les élus", "Parmi les 65 élus, 30 votent pour, 25 contre et 12 s’abstiennent.\n\nSuite."),
        ("fr", "Le parc", "Des 250 arbres, 85 sont malades (44 %).\n\nSuite."),
        ("fr", "Budget", "Le budget, 20 millions d’euros, dont 55 % de dons et 62 % de ventes, baisse.\n\nSuite."),
        ("en", "The plan", "The fund stands at £48 million. Roads take £22 million, schools £15 million and parks £13 million.\n\nMore."),
        ("en", "The desk", "The council had 320 requests. Tenants sent 144 of these, or 48 per cent.\n\nMore."),
        ("en", "Gifts", "Gifts came 40 per cent from wills, 35 per cent from transfers and 40 per cent from cash.\n\nMore."),
        ("en", "Grants", "The town pays £12,000, the county £9,500 and a trust £7,500 of the £31,000 bill.\n\nMore."),
        ("en", "Lakes", "Of the 80 lakes, 41 are well, 22 are poor and 14 are not ranked.\n\nMore."),
        ("en", "A third", "A third (42%) of pupils walk.\n\nMore."),
    ],
)  # fmt: skip
def test_what_nearly_adds_up_is_noted(language, headline, text):
    assert checks_of(language, headline, text) & (OF_SUMS | OF_FIGURES)


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("fr", "Le plan", "Le budget est de 50 millions d’euros. La voirie en prend une part (22 millions), puis les écoles (15 millions) et les parcs (13 millions).\n\nSuite."),
        ("fr", "Le dépôt", "La mairie a reçu 300 demandes. Au total, 144 venaient de locataires, soit 48 %.\n\nSuite."),
        ("fr", "Parité", "On compte 45 % de femmes et 62 % de moins de 40 ans.\n\nSuite."),
        ("fr", "Tarifs", "Le prix est de 12 euros, 9 euros pour les jeunes, 7 euros pour les enfants et 27 euros en famille.\n\nSuite."),
        ("fr", "Loyers", "Le loyer passe de 500 euros à 540 euros pour un studio, et de 900 euros à 1 000 euros pour un grand logement.\n\nSuite."),
        ("fr", "Ecole", "L’école a 240 élèves. La cantine en sert 96 par jour, soit 12 % de plus.\n\nSuite."),
        ("fr", "Quart", "Un quart (26 %) des élèves marche.\n\nSuite."),
        ("fr", "Votes", "Le non l’emporte par 52 % contre 48 %. Les 1 200 votants étaient 60 % des inscrits.\n\nSuite."),
        ("en", "The plan", "The fund stands at £50 million. Roads take £22 million, schools £15 million and parks £13 million.\n\nMore."),
        ("en", "Prices", "Tickets cost £12, £9, £7 and £27.\n\nMore."),
        ("en", "Share", "Some 96 of the 240 wells are low, or 40 per cent.\n\nMore."),
        ("en", "Gain", "The shop sold 130 bikes after 100 the year before, or 30 per cent more.\n\nMore."),
        ("en", "Grants", "The four grants are £12,000, £9,500, £7,500 and £5,000.\n\nMore."),
    ],
)  # fmt: skip
def test_what_adds_up_or_need_not_is_left_alone(language, headline, text):
    assert checks_of(language, headline, text).isdisjoint(OF_SUMS)
