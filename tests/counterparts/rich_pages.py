"""Letters with everything in them: an invitation of twelve institutions, a release of one page."""

from dataclasses import replace
from datetime import datetime

from mailer.model.address import Address
from mailer.model.campaigns.campaign import (
    AccreditationRules,
    CampaignKind,
    Embargo,
    Event,
    Link,
    Partner,
    PartnerTier,
    PressContact,
)
from tests.counterparts.drawn_marks import MARKS
from tests.counterparts.pages import PARIS, Scene, a_picture

PARTNERS = (
    Partner("Académie des lectures", "co-organisatrice", "https://lectures.example/", "round.png"),
    Partner("Académie nationale des récits", "", "https://recits.example/", "wide.png"),
    Partner("Fondation pour les mots rares", "grand mécène", "", "yellow.png"),
    Partner("Région Grand-Large", "", "", "tall.png"),
    Partner("CHU du Grand-Large", "", "https://chu.example/", "ground.png"),
    Partner("Université du Port", "", "https://port.example/", "light.png"),
    Partner("Ministère chargé de la lecture", tier=PartnerTier.PATRONAGE),
    Partner("Alliance des mots rares"),
    Partner("France Lecteurs Fictive"),
    Partner("Ville de Port-Fictif", "accueil"),
    Partner("Caisse nationale fictive"),
    Partner("Radio Fictive", tier=PartnerTier.MEDIA),
)
CONTACTS = (
    PressContact(
        "Anne-Sophie Le Goff-Kervella",
        Address("anne-sophie.legoff-kervella", "presse.institut-lecture.example"),
        "06 39 98 12 34",
        "responsable des relations avec la presse nationale et internationale",
        "Institut de la lecture",
    ),
    PressContact(
        "Hugo Marchetti",
        Address("hugo.marchetti", "lectures.example"),
        "01 99 00 56 78",
        "attaché de presse",
        "Académie des lectures",
    ),
    PressContact("Service de presse du CHU", Address("presse", "chu.example"), "05 99 00 11 22"),
)
LINKS = (
    Link("L’article dans la revue Nature Fictive", "https://doi.example/10.1000/fictif.2026.12345"),
    Link("Images libres de droits (2 min 30)", "https://media.lecture.example/2026/salle"),
    Link("Salle de presse de l’Institut", "https://presse.lecture.example/", "press-room"),
)
FILES = {**MARKS, "salle.png": a_picture(1200, 800)}
INVITATION = {
    "fr": """\
# Malades et chercheurs réunis à Port-Fictif pour débattre de la recherche participative

Plus de 120 représentants d’associations de malades et plus de 100 chercheurs se retrouvent le \
{{ event.date }} pour la 8e édition des rencontres nationales. La journée s’ouvrira par la remise \
du premier prix de la recherche participative.

![La salle pleine, vue du balcon](salle.png "L’édition 2025. © Ville fictive")

## Le programme

| Heure | Quoi | Qui |
|---|---|---|
| 9 h 30 | Ouverture | Ministre chargée de la recherche (sous réserve) |
| 10 h | Remise du prix de la recherche participative | Lina Moreau, Institut Z ; Paul Durand, \
Alliance maladies rares |
| 11 h | **Point presse** (salle 2) | Lina Moreau, Paul Durand |
| 14 h | Débat : à qui appartiennent les données ? | Table ronde animée par Radio Fictive |

::: facts Pour les journalistes
Entretiens : Lina Moreau et Paul Durand, de 11 h 30 à 12 h 30, sur demande
Images : photos et tournage possibles toute la journée, sauf pendant la table ronde
:::
""",
    "en": """\
# Patients and scientists meet in Port-Fictif to debate participatory research

More than 120 patient associations and 100 scientists meet on {{ event.date }} for the eighth \
national meeting. The day begins with the first prize for participatory research.

![The full hall, seen from the balcony](salle.png "The 2025 edition. © Fictional Town")

## Programme

| Hour | What | Who |
|---|---|---|
| 9:30 am | Opening | Minister for research (to be confirmed) |
| 10:00 am | The prize for participatory research | Lina Moreau, Institute Z; Paul Durand, Rare \
Diseases Alliance |
| 2:00 pm | Debate: who owns the data? | Round table led by Radio Fictive |
""",
}
RELEASE = {
    "fr": """\
# Un traitement par anticorps réveille le thymus et divise par trois les poussées de lupus

Chez 214 patients suivis pendant dix-huit mois dans onze hôpitaux, un anticorps qui stimule le \
thymus a réduit de **68 %** les poussées de lupus érythémateux systémique, sans augmenter les \
infections graves. Ces résultats sont publiés le 15 décembre dans *Nature Fictive*.

![Activité de la maladie selon le groupe](salle.png "Figure 1. Activité moyenne. © Institut Z")

## Une glande que l’on croyait éteinte

Le thymus, petite glande située derrière le sternum, apprend aux lymphocytes T à ne pas attaquer \
l’organisme. On pensait qu’il cessait presque toute activité après trente ans. L’équipe de Lina \
Moreau a montré chez la souris, en 2023, qu’un anticorps dirigé contre la protéine RANKL-β \
pouvait le relancer.

> Nous n’avons pas remplacé le système immunitaire : nous lui avons rendu son école. C’est la \
première fois que l’on mesure, chez l’adulte, la sortie de nouveaux lymphocytes.
>
> — Lina Moreau, directrice de recherche à l’Institut Z

## Les chiffres de l’essai

| | Groupe traité | Groupe témoin | Différence |
|---|--:|--:|--:|
| Patients | 107 | 107 | |
| Poussées par an | 0,7 | 2,2 | - 68 % |
| Infections graves | 6 | 7 | ns |
| Dose de cortisone à 18 mois (mg/j) | 3,1 | 7,8 | - 60 % |

L’effet est apparu au bout de trois mois. Un essai de phase 3, qui inclura 900 personnes dans six \
pays, commencera au printemps 2027.
""",
    "en": """\
# An antibody wakes the thymus and divides lupus flares by three

In 214 patients followed for eighteen months an antibody reduced flares by **68 %**.

| | Treated | Control | Difference |
|---|--:|--:|--:|
| Patients | 107 | 107 | |
| Flares a year | 0.7 | 2.2 | -68 % |
| Serious infections | 6 | 7 | ns |
""",
}
DAY = datetime(2017, 12, 12, 9, 30, tzinfo=PARIS)
EVENT = Event(
    name="Rencontres nationales de la recherche participative",
    starts_at=DAY,
    ends_at=DAY.replace(hour=17, minute=0),
    venue="Grand amphithéâtre de la Cité des sciences du Grand-Large, bâtiment C",
    address="123 bis avenue du Maréchal-de-Lattre-de-Tassigny, 33000 Bordeaux",
    access="Entrée presse par le parvis sud, sur présentation d’une pièce d’identité ; "
    "tramway B, arrêt Cité des sciences ; de plain-pied",
)
FACTS = {
    "files": FILES,
    "press_contacts": CONTACTS,
    "links": LINKS,
    "partners": PARTNERS,
    "place": "Bordeaux",
}
INVITED = Scene(
    "advisory",
    INVITATION,
    {"fr": "Invitation presse", "en": "Press invitation"},
    CampaignKind.ADVISORY,
    {
        **FACTS,
        "event": EVENT,
        "accreditation": AccreditationRules(
            required=True,
            deadline=datetime(2017, 12, 11, 12, 0, tzinfo=PARIS),
            addresses=(Address("presse", "lecture.example"), Address("presse", "lectures.example")),
        ),
    },
    name="invitation-of-twelve",
)
RELEASED = Scene(
    "press-release",
    RELEASE,
    {"fr": "Un anticorps réveille le thymus", "en": "An antibody wakes the thymus"},
    CampaignKind.PRESS_RELEASE,
    {
        **FACTS,
        "partners": PARTNERS[:6],
        "event": None,
        "accreditation": AccreditationRules(),
        "embargo": Embargo(datetime(2017, 12, 15, 17, 0, tzinfo=PARIS)),
    },
    name="release-of-one-page",
)
COSIGNED = replace(
    RELEASED,
    name="release-of-three",
    facts={
        **RELEASED.facts,
        "partners": (
            replace(PARTNERS[0], tier=PartnerTier.ORGANISER),
            replace(PARTNERS[4], tier=PartnerTier.ORGANISER),
            *PARTNERS[1:4],
        ),
    },
)
PORTRAIT = replace(
    RELEASED,
    name="release-with-portrait",
    texts={
        "fr": "# Une chercheuse reçoit le prix de la lecture\n\nElle lit pour ceux qui ne peuvent "
        'pas.\n\n![Jeanne Fictive, debout](visage.png "Jeanne Fictive. © Agence fictive")\n\n'
        "Jeanne Fictive dirige depuis dix ans la salle de lecture où malades et scientifiques "
        "lisent les mêmes articles. Elle y a reçu plus de mille personnes, une par une.\n\n"
        "> Lire ensemble, c’est déjà chercher.\n>\n> — Jeanne Fictive\n\n![Une table](salle.png)\n\n"
        "La remise du prix est publique.",
    },
    facts={**RELEASED.facts, "files": {**FILES, "visage.png": a_picture(600, 800)}},
)
RICH = (INVITED, RELEASED, COSIGNED)


def with_partners(scene, *partners):
    """Return the scene with other partners."""
    return replace(scene, facts={**scene.facts, "partners": partners})
