"""Ten correct texts as press offices write them; institutions, people and figures are invented."""

from dataclasses import dataclass, field
from typing import Any

from mailer.model.campaigns.campaign import CampaignKind, Link, Partner, PressContact
from tests.counterparts.drafts import an_accreditation, an_event

ADVISORY, RELEASE = CampaignKind.ADVISORY, CampaignKind.PRESS_RELEASE
NO_ACCREDITATION = {"accreditation": an_accreditation(required=False, deadline=None, addresses=())}


@dataclass(frozen=True)
class Correct:
    """A text with the facts of its campaign."""

    name: str
    text: str
    language: str = "fr"
    kind: CampaignKind = RELEASE
    changes: dict[str, Any] = field(default_factory=dict)


RELEASES = (
    Correct(
        "a university, short",
        """# Un capteur de la taille d’un timbre mesure la qualité de l’air des écoles

À Grenoble, une équipe de l’Université des Alpes présente ce lundi 4 décembre 2017 un capteur qui \
mesure en continu le dioxyde de carbone et les particules fines. Il coûte 19 € et tient trois ans \
sur une pile.

« Une directrice d’école n’a pas à devenir chimiste pour savoir quand ouvrir une fenêtre », \
explique Nora Belkacem, professeure de physique.

Les plans sont publics. Douze classes de l’Isère l’essaient depuis la rentrée 2017.
""",
    ),
    Correct(
        "a museum, inauguration on a Saturday",
        """# Le musée de la Marine rouvre ses ateliers de charpente

Le musée de la Marine de Lorient accueille la presse le {{ event.date }} à {{ event.time }}, au \
{{ event.place }}, pour la réouverture de ses ateliers, fermés depuis 2014.

## Au programme

- 10 h : visite de l’atelier avec le maître charpentier ;
- 11 h 15 : mise à l’eau d’une yole de 7,50 m ;
- 12 h : questions de la presse.

Le chantier a coûté 2,4 millions d’euros, dont 30 % viennent de la région. Contact sur place : \
Yann Le Goff, au 06 39 98 45 67.
""",
        kind=ADVISORY,
        changes={
            "place": "Lorient",
            "event": an_event(
                "2017-12-09 10:00",
                venue="musée de la Marine",
                address="12 quai des Indes, 56100 Lorient",
            ),
            "press_contacts": (PressContact("Yann Le Goff", phone="02 99 00 45 67"),),
        },
    ),
    Correct(
        "a hospital, with a study",
        """# Greffe de cornée : deux patients sur trois lisent de nouveau après six mois

Le CHU de Rennes publie les résultats d’un essai mené auprès de 214 patients entre janvier 2014 et \
juin 2017. Après six mois, 68 % d’entre eux lisent sans loupe, contre 41 % avec la technique usuelle.

## Comment l’essai a été mené

Les 214 patients ont été tirés au sort en deux groupes. Ni eux ni les évaluateurs ne connaissaient la \
technique utilisée. L’étude a été financée sur fonds publics.

> Nous ne promettons pas la vue à tous. Nous savons désormais à qui nous pouvons la promettre.
>
> — Claire Aubert, ophtalmologue au CHU de Rennes

Les effets indésirables (infection : 3 cas ; rejet : 5 cas) sont détaillés dans l’article.
""",
    ),
    Correct(
        "a research agency, in English",
        """# Soil microbes store more carbon under old hedges

Scientists at the Wessex Soil Institute report on 4 December 2017 that soil under hedges older than \
40 years holds 31% more carbon than soil two metres away. The survey covered 1,120 sites in England \
and Wales.

“We looked where nobody ploughs,” said Dr Helen Marsh, who led the work. “The answer was under our feet.”

## What it means for farmers

Planting takes decades to pay back; keeping what stands does not. The data are open to everybody.
""",
        language="en",
    ),
    Correct(
        "a city, in English, on a weekday",
        """# Harbour bridge opens to pedestrians

The City of Portmere invites the press to walk the new bridge with its engineers on {{ event.date }} \
at {{ event.time }}, {{ event.place }}.

## What you will see

The deck is 84 metres long and opens in 90 seconds. The Mayor, Ruth Oyelaran, cuts the ribbon at \
10:30. Cameras are welcome on the north tower; hard hats are provided.
""",
        language="en",
        kind=ADVISORY,
        changes={
            "place": "Portmere",
            "event": an_event(
                "2017-12-12 10:00", venue="North Quay", address="3 Quay Street, Portmere"
            ),
            "press_contacts": (PressContact("Dan Price", phone="+44 1632 960 123"),),
            "accreditation": an_accreditation(required=False, deadline=None, addresses=()),
        },
    ),
    Correct(
        "an academy, with two partners and their contacts",
        """# Les sciences de la mer tiennent leurs assises à Brest

Le {{ event.date }}, l’Académie de la mer et l’Institut des pêches réunissent à Brest 180 chercheurs et \
60 professionnels autour d’une question : que pêchera-t-on en 2050 ?

## Trois tables rondes

La matinée traite des stocks, l’après-midi des métiers et des ports. L’Institut des pêches présente \
ses relevés de l’année ; l’Académie de la mer rend son avis au ministre.
""",
        kind=ADVISORY,
        changes={
            "place": "Brest",
            "event": an_event(
                "2017-12-14 09:00", venue="Station marine", address="1 rue du Port, 29200 Brest"
            ),
            "accreditation": an_accreditation(required=False, deadline=None, addresses=()),
            "partners": (
                Partner("Institut des pêches", url="https://www.peches.example/"),
                Partner("Académie de la mer", url="https://www.mer.example/"),
            ),
            "press_contacts": (
                PressContact(
                    "Anne Morvan", phone="06 39 98 11 22", organisation="Institut des pêches"
                ),
                PressContact("Luc Paol", phone="02 99 00 11 22", organisation="Académie de la mer"),
            ),
        },
    ),
    Correct(
        "a theatre, with a list and prices",
        """# Le Théâtre du Canal joue Molière en langue des signes

Du 5 au 22 décembre 2017, le Théâtre du Canal (Toulouse) présente « Le Malade imaginaire » en français \
et en langue des signes, avec neuf comédiens dont quatre sourds.

## Renseignements

- Représentations : du mardi au samedi à 20 h 30, le dimanche à 16 h.
- Tarifs : de 8 € à 24 € ; gratuit pour les moins de 12 ans.
- Billetterie : [les dates et les places](https://www.institut.example/billets).
""",
        changes={"links": (Link("Le site", "https://www.institut.example/"),)},
    ),
    Correct(
        "an agency for the environment, long",
        """# Qualité des rivières : ce que disent vingt ans de mesures

L’Agence de l’eau du Centre publie, à Orléans, le bilan de 412 stations suivies de 1997 à 2017. Les \
phosphates ont baissé de 62 %. Les nitrates, eux, n’ont presque pas bougé.

## Ce qui va mieux

Les stations d’épuration expliquent l’essentiel de la baisse. En 1997, une commune sur trois rejetait \
ses eaux sans les traiter. En 2017, il en reste 11, toutes en travaux.

## Ce qui ne change pas

Les nitrates viennent des champs et mettent des années à descendre vers les nappes. Même si l’on \
cessait d’épandre, les captages en porteraient la trace jusqu’en 2030. Les 412 stations mesurent \
aussi les pesticides : 43 molécules sont trouvées au moins une fois, contre 57 dix ans plus tôt.

## Ce que l’Agence propose

Trois mesures sont soumises au comité de bassin : des bandes d’herbe de 10 m, des cultures d’hiver, \
une redevance revue. Le vote a lieu le jeudi 14 décembre 2017.
""",
    ),
    Correct(
        "a foundation, in English, with quoted figures of others",
        """# Reading age rises where libraries stay open late

Libraries in 26 English towns that open until 9 pm lent 14% more children’s books in 2017, the Larkhill \
Foundation finds in a survey of 3,400 families.

“The council told us nobody would come after six; 3,000 families did,” said Asha Lim, its director.

The 3,400 families were asked by telephone between March and June 2017.
""",
        language="en",
    ),
    Correct(
        "a ministry’s laboratory, on a public holiday with a person on call",
        """# Le Laboratoire des archives ouvre les lettres du front

Le {{ event.date }} à {{ event.time }}, le Laboratoire des archives ouvre à Vincennes 1 200 lettres que \
personne n’a lues depuis 1916.

## Pour venir

Une pièce d’identité est demandée. Le jour étant férié, l’attachée d’astreinte répond au \
01 99 00 77 88 dès 8 h.
""",
        kind=ADVISORY,
        changes={
            "place": "Vincennes",
            "event": an_event(
                "2017-12-25 10:00",
                venue="Fort Neuf",
                address="Cours des Maréchaux, 94300 Vincennes",
            ),
            "press_contacts": (PressContact("Zoé Carle", phone="01 99 00 77 88"),),
            "accreditation": an_accreditation(required=False, deadline=None, addresses=()),
        },
    ),
)
