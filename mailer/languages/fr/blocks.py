"""The French words of the blocks of a text."""

from __future__ import annotations

from mailer.languages.language import BlockWords

BLOCK_WORDS = BlockWords(
    names={
        "facts": "pratique, infos pratiques, repères, en pratique",
        "figures": "chiffres, chiffres clés, les chiffres",
        "downloads": "téléchargements, télécharger, à télécharger, documents, photos, visuels",
        "interviews": "interviews, entretiens, intervenants, porte-parole, porte-paroles, interlocuteurs",
        "programme": "programme, déroulé, déroulement, agenda, ordre du jour",
        "quotation": "citation",
        "reference": "référence, publication, article",
        "about": "à propos, à-propos, qui sommes-nous",
        "video": "vidéo, film",
        "live": "direct, en direct, retransmission",
        "access": "accès, venir, plan, plan d'accès",
        "method": "méthode, méthodologie, encadré",
        "language": "langue, version",
        "passage": "passage",
        "versions": "langues, autres langues, versions, autres versions",
    },
    keys={
        "access_for_all": "accessibilité, handicap, pmr, accès pmr, accès handicap",
        "address": "adresse, lieu",
        "authors": "auteurs, auteur, auteures, autrices, auteurs et autrices, autrice",
        "captions": "sous-titres, sous-titrage, sous titres",
        "credit": "crédit, crédits, copyright, photo de",
        "doi": "doi",
        "duration": "durée",
        "embargo": "embargo",
        "ends": "fin",
        "file_format": "format, type",
        "journal": "revue, journal",
        "languages": "langues, langue",
        "link": "lien, adresse web, url, original, fichier original, site",
        "map_link": "plan, lien du plan, plan d'accès",
        "map_picture": "carte, image du plan",
        "name": "nom",
        "portrait": "portrait, photo",
        "value": "nombre, chiffre",
        "label": "légende",
        "press": "presse, moment presse",
        "published": "date, parution, publication, publié le, date de parution",
        "role": "fonction, titre, titre et fonction, qualité",
        "slots": "créneaux, disponibilités, disponible, horaires",
        "source": "source, sources",
        "speaker": "auteur, de, qui parle",
        "starts": "début, heure, date",
        "terms": "conditions, droits, usage, licence, conditions d'usage",
        "thumbnail": "vignette, image, aperçu, miniature",
        "title": "titre",
        "title_of_work": "titre",
        "topics": "sujets, thèmes, spécialités, sujet",
        "weight": "poids, taille",
        "where": "lieu, salle, où",
        "who": "qui, intervenant, intervenants, intervenante, intervenantes, avec, par",
    },
    examples={
        "facts": """\
::: pratique Accueil de la presse
Ouverture : 9 h, entrée par la cour
Badges : à retirer à l’accueil, sur présentation d’une pièce d’identité
:::""",
        "figures": """\
::: chiffres Le réseau en chiffres
- 500 : associations
- 120 : responsables attendus
- 37 % : des projets menés avec des malades
source : bilan du réseau, 2017
:::""",
        "downloads": """\
::: téléchargements
- La salle des séances
  lien : https://www.institut.example/photos/salle.jpg
  format : JPEG, 4 000 × 2 667 px
  poids : 3,2 Mo
  crédit : © Institut / L. Martin
  conditions : libre pour la presse jusqu’au 31 mars 2018
:::""",
        "interviews": """\
::: intervenants Qui peut répondre
- Irène Vasseur
  fonction : présidente de l’association Lire ensemble
  langues : français, anglais
  créneaux : jeudi 7 décembre 2017, de 14 h à 16 h
  sujets : la place des malades dans les projets
:::""",
        "programme": """\
::: programme La journée
- 9 h 30 : Accueil
- 10 h – 11 h 30 : Ouverture
  qui : Irène Vasseur
- 11 h 30 : Rencontre avec les équipes
  presse : photos, son et questions, salon bleu
:::""",
        "quotation": """\
::: citation
Nous voulons aussi poser les questions.
— Irène Vasseur, présidente de l’association Lire ensemble
:::""",
        "reference": """\
::: référence
titre : Reading protocols with patients
auteurs : Lemaire A., Okafor B. et al.
revue : Journal of Invented Medicine
date : 11 janvier 2018
DOI : 10.5555/cahiers.2018.042
:::""",
        "about": """\
::: à propos
- Inserm
- Académie des sciences
- Académie nationale de médecine
:::""",
        "video": """\
::: vidéo Un cahier, un laboratoire
lien : https://www.institut.example/film
durée : 2 min 40
sous-titres : français, anglais
:::""",
        "live": """\
::: direct La journée en direct
lien : https://www.institut.example/direct
début : samedi 9 décembre 2017, 9 h 30
:::""",
        "access": """\
::: accès Venir
adresse : 23 quai de Conti, 75006 Paris
plan : https://www.openstreetmap.example/carte
Métro : ligne 7, Pont-Neuf
accessibilité : entrée de plain-pied au no 25 ; boucle magnétique
:::""",
        "method": """\
::: méthode Comment nous avons compté
Deux lecteurs ont codé les journaux sans se concerter.

Échantillon : 340 personnes, 12 laboratoires
Limites : les équipes étaient volontaires
:::""",
        "versions": """\
::: versions
- English: https://www.institut.example/en
:::""",
        "language": """\
::: langue en English version
Twelve laboratories open their notebooks.
:::""",
        "passage": """\
::: passage Académie des sciences
L’Académie accueille la journée dans sa grande salle des séances.
:::""",
    },
)
