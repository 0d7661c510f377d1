"""Figures of a text that cannot all be right are found: parts, lists, lengths and ages."""

import pytest

from mailer.checks.reading.quantities.amounts import amounts
from mailer.model.drafts.finding import Severity
from tests.counterparts.recall import diagnosed

FR, EN = "fr", "en"
RELEASE = {
    FR: (
        "Communiqué de presse\n\nVernoy, le 12 avril 2027\n\n# Vernoy ouvre un jardin de lilas\n\n{}"
        "\n\nContact presse\nLéa Morin, Ville de Vernoy, 06 39 98 12 34, lea@vernoy.example\n"
    ),
    EN: (
        "Press release\n\nNorbury, 12 April 2027\n\n# Norbury opens a garden of lilacs\n\n{}"
        "\n\nPress contact\nAnn Low, Norbury Trust, 07700 900123, ann@norbury.example\n"
    ),
}
CANNOT_BE = {
    "parts-disagree": [
        (EN, "The fair gathers 50 exhibitors: 30 from here and 25 from abroad."),
        (EN, "The choir has 24 members, 15 women and 11 men."),
        (EN, "The sale counts 18 lots, including 11 paintings and 9 drawings."),
        (EN, "The garden costs 240,000 euros: 150,000 from the town and 100,000 from the county."),
        (EN, "The budget is £90,000. The town pays £60,000 and the lottery fund £45,000."),
        (
            EN,
            "Of the visitors, 60 % of them come from Norbury, 30 % from Leeds and 20 % from abroad.",
        ),
        (EN, "Funding is split between the town (50%), the county (40%) and donors (20%)."),
        (EN, "Some 40 trees were planted: 25 oaks and 20 limes."),
        (FR, "La vente compte 12 lots dont 8 tableaux et 5 dessins."),
        (FR, "Le salon réunit 50 exposants : 30 de la région et 25 de l’étranger."),
        (FR, "Le jury compte douze membres, sept femmes et six hommes."),
        (FR, "Le jardin coûte 240 000 € : 150 000 € de la Ville et 100 000 € du Département."),
        (
            FR,
            "Le budget de 90 000 euros est financé par la Ville (60 000 euros) et la Région (45 000 euros).",
        ),
        (FR, "Le public vient à 60 % de la ville, à 30 % du département et à 20 % de l’étranger."),
        (FR, "Le fonds se répartit ainsi : 55 % de livres, 35 % de disques et 15 % de films."),
        (FR, "Au total, 80 élèves participent : 45 filles et 38 garçons."),
        (FR, "La Ville verse 30 000 € et la Région 20 000 €, soit 60 000 € au total."),
        (FR, "Financement :\n\n- Ville : 30 000 €\n- Région : 20 000 €\n- Total : 60 000 €"),
        (EN, "The town gives 30 benches and the county 25, 50 benches in all."),
        (EN, "The collection holds 320 objects, of which 200 are tools and 150 are toys."),
        (EN, "A total of 60 pupils (35 girls and 28 boys) will sing."),
        (EN, "The grant of €1.2 million comes from the town (€700,000) and the region (€600,000)."),
        (EN, "The 45 boats – 30 yachts and 18 dinghies – sail at noon."),
        (
            EN,
            "The bridge costs 3 million pounds, including 2 million from the state and 1.5 million from the city.",
        ),
        (
            EN,
            "Visitors came from Norbury (55 per cent), Leeds (35 per cent) and abroad (15 per cent).",
        ),
        (EN, "Women make up 58 % of the members and men 45 %."),
        (EN, "The survey asked 500 people: 300 said yes, 150 said no and 80 did not answer."),
        (FR, "La collection compte 320 objets : 200 outils, 90 jouets et 50 tableaux."),
        (FR, "Les 60 élèves (35 filles et 28 garçons) chanteront."),
        (
            FR,
            "Le pont coûte 3 millions d’euros, dont 2 millions de l’État et 1,5 million de la Ville.",
        ),
        (FR, "Le budget s’élève à 80 000 €. La Ville apporte 50 000 € et le Département 45 000 €."),
        (FR, "Les femmes représentent 58 % des membres et les hommes 45 %."),
        (
            FR,
            "Le financement est assuré à 50 % par la Ville, 40 % par la Région et 20 % par des mécènes.",
        ),
        (
            FR,
            "Trois conférences, quatre ateliers et deux visites, soit dix rendez-vous, sont proposés.",
        ),
        (
            FR,
            "Le sondage a interrogé 500 personnes : 300 ont dit oui, 150 non et 80 n’ont pas répondu.",
        ),
    ],
    "list-counts-otherwise": [
        (EN, "Three speakers will take part: Ann Low, Paul Roper, Susan Marlow and Joan Hay."),
        (EN, "The day offers three workshops:\n\n- planting\n- pruning\n- drawing\n- cooking"),
        (EN, "The garden opens on four evenings: 3, 10 and 17 May."),
        (FR, "Trois ateliers :\n\n- taille\n- semis\n- dessin\n- cuisine"),
        (FR, "Quatre dates : le 3, le 10 et le 17 mai."),
        (FR, "Trois intervenants : Léa Morin, Paul Royer, Anne Lou et Jean Roc."),
        (EN, "Two concerts are planned: 4 May, 5 May and 6 May 2027."),
        (EN, "Five towns take part (Leeds, Bath, York and Ely)."),
        (EN, "The prize has four categories: novel, poetry and drama."),
        (
            EN,
            "Six partners support the garden:\n\n- Leeds Trust\n- Bath Museum\n- York Fund\n- Ely School\n- Norbury Bank",
        ),
        (FR, "Cinq communes participent (Vernoy, Lyon, Brest et Dole)."),
        (FR, "Le prix comporte quatre catégories : roman, poésie et théâtre."),
        (FR, "Deux concerts sont prévus : le 4 mai, le 5 mai et le 6 mai 2027."),
        (
            FR,
            "Six partenaires soutiennent le jardin :\n\n• Ville de Lyon\n• Musée de Brest\n• Fonds vert\n• École de Dole\n• Banque du Port",
        ),
    ],
    "length-differs": [
        (EN, "A two-hour visit, from 10 am to 1 pm, is open to all."),
        (EN, "A three-week show from 3 to 10 May 2027 tells the story of lilacs."),
        (EN, "The festival lasts three days, from 4 to 5 May 2027."),
        (FR, "La visite a lieu de 9 h à 12 h (deux heures)."),
        (FR, "L’exposition dure trois semaines, du 3 au 10 mai 2027."),
        (FR, "Deux jours de fête, du 4 au 7 mai 2027, attendent les familles."),
        (EN, "The workshop lasts 90 minutes, from 2 pm to 4 pm."),
        (EN, "For five days, from 3 to 6 May 2027, the garden is lit."),
        (EN, "A two-month exhibition, from 3 May to 20 May 2027, opens the season."),
        (FR, "L’atelier dure 1 h 30, de 14 h à 16 h."),
        (FR, "Pendant cinq jours, du 3 au 6 mai 2027, le jardin s’illumine."),
        (FR, "Une exposition de deux mois, du 3 mai au 20 mai 2027, ouvre la saison."),
        (FR, "Les 4, 5 et 6 mai 2027, deux jours de fête attendent les familles."),
    ],
    "measures-disagree": [
        (EN, "Born in 1950, the painter would be 70 in 2027."),
        (EN, "The club, founded in 1987, celebrates its 30th anniversary this year."),
        (FR, "Née en 1950, la peintre aurait 70 ans en 2027."),
        (FR, "On fête les dix ans de la halle, créée en 2012."),
        (FR, "L’association, fondée en 1987, fête son trentième anniversaire."),
        (EN, "Founded in 1927, the Trust marks its centenary in 2025."),
        (EN, "Born in 1940, Ann Low died in 1990 aged 60."),
        (EN, "The museum opened in 1987. It celebrates its 50th anniversary in 2027."),
        (FR, "Fondée en 1927, la Ligue a fêté son centenaire en 2025."),
        (FR, "Le jardin, ouvert en 1987, célèbre ses 50 ans en 2027."),
    ],
}
MAY_WELL_BE = [
    (EN, "The fair gathers 50 exhibitors: 30 from here and 20 from abroad."),
    (EN, "The fair has 50 exhibitors, 30 stands and 12 talks."),
    (EN, "The choir has 24 members, 13 women and 11 men."),
    (EN, "The sale counts 18 lots, including 11 paintings and 3 drawings."),
    (EN, "The garden costs £90,000. The town pays £60,000 and the county £20,000."),
    (EN, "In the survey, 70 % of residents like trees and 60 % like flowers."),
    (EN, "Visits rose by 60 % in May, 30 % in June and 20 % in July."),
    (EN, "Three speakers: Ann Low, chair of the trust, Paul Roper, mayor, and Susan Marlow."),
    (EN, "Three themes: water, bread, and arts and crafts."),
    (EN, "Two museums tell of the river: its islands, its birds and its bridges."),
    (EN, "Two-hour workshops run from 10 am to 6 pm."),
    (EN, "The visit lasts two hours, from 10 am to noon."),
    (EN, "A two-week show from 3 to 16 May 2027 tells the story of lilacs."),
    (EN, "Born in 1950, the painter would be 77 in 2027."),
    (EN, "The club, founded in 1987, celebrates its 40th anniversary this year."),
    (EN, "The museum, opened in 1987, shows a show for the 30th anniversary of the bridge."),
    (EN, "The garden opens from 3 to 10 May 2027; the tram stops there three days a week."),
    (EN, "The prize of £5,000 goes to Ann Low: £3,000 now and £2,000 in May."),
    (EN, "Two halls: 12 workshops in one and 5 talks in the other."),
    (EN, "Tickets: 12 euros, 8 euros for children, 30 euros for two adults and two children."),
    (FR, "La vente compte 12 lots dont 8 tableaux et 4 dessins."),
    (FR, "Le salon réunit 50 exposants : 30 de la région et 20 de l’étranger."),
    (FR, "Le jury compte douze membres, sept femmes et cinq hommes."),
    (FR, "Le jardin coûte 240 000 €, dont 150 000 € de la Ville et 60 000 € du Département."),
    (FR, "70 % des habitants aiment les arbres, 60 % les fleurs."),
    (FR, "Trois ateliers :\n\n- taille et semis\n- dessin\n- cuisine, avec un chef"),
    (FR, "Trois dates : le 3, le 10 et le 17 mai."),
    (FR, "Trois intervenants : Léa Morin, maire, Paul Royer, architecte, et Anne Lou, botaniste."),
    (FR, "Visites de 30 minutes, de 9 h à 12 h."),
    (FR, "La visite a lieu de 9 h à 12 h (trois heures)."),
    (FR, "L’exposition dure une semaine, du 3 au 10 mai 2027."),
    (FR, "L’exposition dure deux mois, du 3 mai au 4 juillet 2027."),
    (FR, "Née en 1950, la peintre aurait 77 ans en 2027."),
    (FR, "On fête les quinze ans de la halle, créée en 2012."),
    (FR, "Créée en 2012, la halle accueille les dix ans du festival."),
    (FR, "Deux lieux accueillent la fête : 12 ateliers à la halle et 5 débats au port."),
    (FR, "Le jardin compte 40 arbres : chênes, tilleuls et lilas."),
    (FR, "Le jury réunit 12 élèves, dont 5 filles, de 8 écoles."),
    (FR, "La hausse est de 60 % à Vernoy, 30 % à Lyon et 20 % à Brest."),
    (FR, "Trois jours de fête, du 4 au 6 mai 2027, attendent les familles."),
    (FR, "Le premier atelier a lieu à 10 h, le deuxième dure deux heures, de 14 h à 16 h."),
    (FR, "Un forfait de 50 € : l’entrée, 2 repas et 3 ateliers."),
    (EN, "Doors: 10 am to 6 pm. Parking for two hours is free from 10 am to 4 pm."),
    (EN, "Three of the five clubs are new: Leeds, Norbury and Bath."),
    (EN, "The collection holds 320 objects, of which 200 are tools and 110 are toys."),
    (EN, "Five towns take part (Leeds, Bath, York, Ely and Norbury)."),
    (EN, "Four towns, including Leeds and Bath, take part: the others follow in May."),
    (EN, "Three days of music: 40 bands, 12 stages and 5,000 seats."),
    (EN, "The budget is £90,000, of which the town pays £60,000."),
    (EN, "The museum, which has 12 rooms, opens two of them: the salt room and the rope room."),
    (EN, "Two dates: 4 May at 10 am and 5 May at 2 pm."),
    (EN, "The walk lasts two hours and starts at 10 am; the shop is open from 9 am to 6 pm."),
    (EN, "The tour takes 45 minutes. Tours run from 10 am to 5 pm."),
    (EN, "The festival runs from 3 to 10 May 2027, with a three-day break for schools."),
    (EN, "A three-day pass is valid from 3 to 10 May 2027."),
    (EN, "The hall has 12 rooms: large, small, bright and dark."),
    (
        EN,
        "The survey: 62 % of residents walk, 48 % cycle and 31 % drive (several answers were possible).",
    ),
    (EN, "Ann Low, born in 1950, opened the museum for its 20th anniversary in 1990."),
    (EN, "Ann Low (born in 1960) has led the Trust for 20 years."),
    (EN, "The Trust, founded in 1927, will celebrate its centenary in 2027."),
    (EN, "Prices: £12 for adults, £8 for children, £30 for families, in all 12 venues."),
    (EN, "The jury has eight members: four artists, two critics, one mayor and one pupil."),
    (EN, "The programme has ten concerts: five in May, three in June and two in July."),
    (EN, "The garden grows 12 kinds of lilac: white, pink, double, dwarf and more."),
    (FR, "La collection compte 320 objets : 200 outils, 90 jouets et 30 tableaux."),
    (FR, "Deux classes, soit 50 élèves, plantent 120 arbres en trois jours."),
    (FR, "Cinq communes participent, dont Vernoy et Lyon."),
    (FR, "Trois jours de musique : 40 groupes, 12 scènes et 5 000 places."),
    (FR, "Le jury compte huit membres : quatre artistes, deux critiques, un maire et un élève."),
    (FR, "Deux dates : le 4 mai à 10 h et le 5 mai à 14 h."),
    (FR, "Deux rendez-vous : samedi 4 mai et dimanche 5 mai 2027."),
    (FR, "La visite dure 45 minutes. Départs de 10 h à 17 h."),
    (FR, "Un forfait de trois jours est valable du 3 au 10 mai 2027."),
    (FR, "Le musée compte douze salles : grandes, petites, claires et sombres."),
    (FR, "Le loyer baisse de 10 % en mai, de 30 % en juin et de 70 % en juillet."),
    (FR, "Le budget est de 90 000 €, dont 60 000 € de la Ville."),
    (FR, "Tarifs : 12 € pour les adultes, 8 € pour les enfants, 30 € pour les familles."),
    (FR, "Trois lauréats : Léa Morin (roman), Paul Royer et Anne Lou (poésie)."),
    (FR, "Le jardin rouvre après deux mois de travaux. Il est ouvert du 3 au 30 mai 2027."),
    (
        FR,
        "Deux artistes, Léa Morin et Paul Royer, présentent trois œuvres : une serre, un puits et un banc.",
    ),
    (FR, "Née en 1950, Léa Morin dirige depuis 20 ans la Ligue."),
    (FR, "Les inscriptions sont ouvertes pendant trois semaines, du 3 au 24 mai 2027."),
    (FR, "Le concours reste ouvert deux semaines après la clôture, du 3 au 28 mai 2027."),
    (FR, "Quatre classes de trois écoles viennent : Lyon, Brest et Dole."),
    (EN, "Two speakers, one stage: Ann Low and Paul Roper meet at noon."),
    (
        FR,
        "La fête a lieu samedi de 10 h à 18 h et dimanche de 10 h à 17 h ; une visite de deux heures part à 14 h.",
    ),
]


def figures(language, text):
    """The checks of figures that find something in a release, and whether each only notes it."""
    found = diagnosed("a.txt", RELEASE[language].format(text))[1].findings
    asked = {*CANNOT_BE, "figures-disagree"}
    return {it.check: it.severity is Severity.NOTE for it in found if it.check in asked}


@pytest.mark.parametrize(
    ("check", "language", "text"),
    [(check, *each) for check, texts in CANNOT_BE.items() for each in texts],
)
def test_figures_that_cannot_all_be_right_are_noted(check, language, text):
    assert figures(language, text).get(check) is True


@pytest.mark.parametrize(("language", "text"), MAY_WELL_BE)
def test_figures_that_may_all_be_right_are_left_alone(language, text):
    assert figures(language, text) == {}


def test_a_number_beyond_all_numbers_is_read_like_any_other():
    (found,) = amounts(f"Le code est {'7' * 400} personnes, en 2017.")

    assert found.value == float("inf")
