"""A release and an invitation that use every press block, in French and English; all invented."""

BLOCK_TEXTS = {
    "fr": """\
::: versions
- English version : #en
:::

# Douze laboratoires ouvrent leurs cahiers aux malades

Pendant un an, **douze équipes** ont partagé leurs notes avec des associations. Elles racontent ce que cela change.

::: chiffres clés L’année en chiffres
- 12 : laboratoires volontaires
- 340 : malades et proches qui ont relu des protocoles
- -18 % : de questions sans réponse
  source : enquête de janvier 2018
- 2,4 millions € : de budget commun
- 120 000 : pages annotées
source : bilan du projet Cahiers ouverts, 2018
:::

::: citation
Je venais pour témoigner. J’ai fini par corriger le questionnaire, et l’équipe m’a remerciée.

On ne m’avait jamais posé la question ainsi.
— Irène Vasseur, présidente de l’association Lire ensemble
portrait : irene.png
:::

::: référence
titre : Reading protocols with patients: a year in twelve laboratories
auteurs : Lemaire A., Okafor B., Vasseur I. et al.
revue : Journal of Invented Medicine
date : 11 janvier 2018
DOI : 10.5555/cahiers.2018.042
embargo : mercredi 10 janvier 2018 à 19 h, heure de Paris (18 h UTC)
:::

::: méthode Comment nous avons compté
Chaque équipe a tenu un journal pendant douze mois ; deux lecteurs l’ont codé sans se concerter.

Échantillon : 340 personnes, 12 laboratoires, 6 régions
Limites : les équipes étaient volontaires
Financement : Fondation fictive pour la recherche
:::

::: intervenants Qui peut répondre
- Irène Vasseur
  fonction : présidente de l’association Lire ensemble
  langues : français, espagnol
  créneaux : mercredi 10 janvier, de 14 h à 18 h
  sujets : la relecture des protocoles, l’accueil des malades
  portrait : irene.png
- Bola Okafor
  fonction : biostatisticienne, Institut fictif
  langues : anglais, français
  créneaux : tous les matins jusqu’à 11 h
  sujets : la méthode, les chiffres
- Antoine Lemaire
  fonction : directeur de recherche
  langues : français
  portrait : antoine.png
:::

::: programme Jeudi 11 janvier
- 9 h 30 : Accueil, café
- 10 h – 11 h 30 : Ce que disent les cahiers
  qui : Bola Okafor et Antoine Lemaire
  lieu : salle des séances
- 11 h 30 – 12 h 15 : Rencontre avec les équipes
  presse : photos, son et questions, salon bleu
- 12 h 15 : Buffet
:::

::: direct La matinée en direct
lien : https://www.institut.example/direct
début : jeudi 11 janvier 2018, 10 h
fin : 11 h 30
langues : français, traduction en anglais
sous-titres : français
:::

::: vidéo Un cahier, un labo : le film
lien : https://www.institut.example/film
vignette : film.png
durée : 2 min 40
sous-titres : français, anglais
crédit : © Institut fictif
:::

::: téléchargements
- La table de lecture
  lien : https://www.institut.example/photos/table.jpg
  vignette : table.png
  format : JPEG, 4 000 × 2 667 px
  poids : 3,2 Mo
  crédit : © Agence fictive / L. Martin
  conditions : libre pour la presse jusqu’au 31 mars 2018
- Le rapport complet
  lien : https://www.institut.example/rapport.pdf
  format : PDF, 48 pages
  poids : 1,1 Mo
- [La bande son](https://www.institut.example/son.mp3)
  poids : 640 ko
  crédit : © Institut fictif
:::

::: accès Venir
adresse : 12 rue de l’Exemple, 75000 Paris
plan : https://www.openstreetmap.example/carte
carte : plan.png
Métro : ligne 10, Exemple-Sorbonne
Bus : 27, 87
accessibilité : entrée de plain-pied au no 14 ; boucle magnétique ; interprète en langue des signes sur demande
:::

::: à propos
- Inserm
- Académie des sciences
:::

::: langue en Twelve laboratories open their notebooks
For a year twelve teams shared their notes with patient associations.

- what changed in their protocols;
- what did not.
:::
""",
    "en": """\
::: versions Also in:
- Français : https://www.institut.example/cahiers
- Español : https://www.institut.example/cuadernos
:::

# Twelve laboratories open their notebooks to patients

For a year **twelve teams** shared their notes with associations. They tell what it changes.

::: key figures The year in figures
- 12: volunteer laboratories
- 340: patients and relatives who read protocols
- €2.4 million: common budget
- 120,000: annotated pages
source: report of the project, 2018
:::

::: quote
I came to bear witness. In the end I corrected the questionnaire.
— Irène Vasseur, president of the association Lire ensemble
portrait: irene.png
:::

::: paper
title: Reading protocols with patients: a year in twelve laboratories
authors: Lemaire A., Okafor B., Vasseur I. et al.
journal: Journal of Invented Medicine
published: 11 January 2018
doi: https://doi.org/10.5555/cahiers.2018.042
link: https://journal.example/42
:::

::: method
Each team kept a diary for twelve months; two readers coded it apart.

Sample: 340 people, 12 laboratories
Limits: the teams were volunteers
:::

::: spokespersons
- Bola Okafor
  role: biostatistician
  languages: English, French
  available: every morning until 11:00 am
  topics: method, figures
- Irène Vasseur
  role: president of Lire ensemble
  languages: French, Spanish
  portrait: irene.png
:::

::: programme
- 9:30 am: Welcome
- 10 am – 11:30 am: What the notebooks say
  with: Bola Okafor and Antoine Lemaire
- 11:30 am Meet the teams
  press: yes
- Buffet
:::

::: live stream The morning, live
link: https://www.institut.example/live
starts: Thursday 11 January 2018, 10 am, Paris time
thumbnail: film.png
:::

::: video
link: https://www.institut.example/film
duration: 2 min 40
:::

::: downloads
- [The reading table](https://www.institut.example/photos/table.jpg)
  picture: table.png
  format: JPEG, 4,000 × 2,667 px
  size: 3.2 MB
- [The whole report](https://www.institut.example/report.pdf)
credit: © Agence fictive / L. Martin
terms: Free for the press until 31 March 2018.
:::

::: getting there
address: 12 rue de l’Exemple, 75000 Paris
map: https://www.openstreetmap.example/map
Metro: line 10, Exemple-Sorbonne
accessibility: step-free entrance at no. 14; induction loop
:::

::: about
- Inserm
- Académie des sciences
:::
""",
}
