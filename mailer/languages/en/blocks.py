"""The English words of the blocks of a text, folded."""

from __future__ import annotations

from mailer.languages.language import BlockWords

BLOCK_WORDS = BlockWords(
    names={
        "facts": "facts, practical",
        "figures": "figures, key figures, numbers, key numbers",
        "downloads": "downloads, download, documents, pictures, photos",
        "interviews": "interviews, spokespersons, spokespeople, experts",
        "programme": "programme, program, schedule, agenda",
        "quotation": "quotation, quote",
        "reference": "reference, paper, publication, article",
        "about": "about",
        "video": "video, film",
        "live": "live, live stream, livestream, stream",
        "access": "access, getting there, map",
        "method": "method, methods, methodology",
        "language": "language",
        "passage": "passage",
        "versions": "versions, languages, other languages, other versions",
    },
    keys={
        "access_for_all": "accessibility, disabled access, step-free access",
        "address": "address, place, venue",
        "authors": "authors, author",
        "captions": "captions, subtitles",
        "credit": "credit, credits, copyright, photo by",
        "doi": "doi",
        "duration": "duration, length",
        "embargo": "embargo",
        "ends": "end, ends",
        "file_format": "format, type",
        "journal": "journal, in",
        "languages": "languages, language",
        "link": "link, url, original, web address, site",
        "map_link": "map, map link",
        "map_picture": "map picture, picture of the map",
        "name": "name",
        "portrait": "portrait, photo",
        "value": "number, figure",
        "label": "label",
        "press": "press, press moment",
        "published": "date, published, publication date",
        "role": "role, function, title, position, job title",
        "slots": "slots, available, availability, times",
        "source": "source, sources",
        "speaker": "speaker, by, author",
        "starts": "start, starts, time, date",
        "terms": "terms, rights, licence, license, terms of use, use",
        "thumbnail": "thumbnail, picture, image, preview",
        "title": "title",
        "title_of_work": "title",
        "topics": "topics, subjects, topic, expertise",
        "weight": "weight, size",
        "where": "where, room, place",
        "who": "who, speaker, speakers, with, by",
    },
    examples={
        "facts": """\
::: practical Welcome of the press
Doors: 9:00 am, through the courtyard
Badges: at the desk, please bring an identity document
:::""",
        "figures": """\
::: figures The network in figures
- 500: associations
- 120: delegates expected
- 37%: of projects run with patients
source: report of the network, 2017
:::""",
        "downloads": """\
::: downloads
- The meeting room
  link: https://www.institut.example/photos/room.jpg
  format: JPEG, 4,000 × 2,667 px
  size: 3.2 MB
  credit: © Institute / L. Martin
  terms: free for the press until 31 March 2018
:::""",
        "interviews": """\
::: spokespersons Who can answer
- Irène Vasseur
  role: president of the association Lire ensemble
  languages: French, English
  available: Thursday 7 December 2017, 2 pm to 4 pm
  topics: the place of patients in projects
:::""",
        "programme": """\
::: programme The day
- 9:30 am: Welcome
- 10 am – 11:30 am: Opening
  with: Irène Vasseur
- 11:30 am: Meet the teams
  press: pictures, sound and questions, blue room
:::""",
        "quotation": """\
::: quote
We also want to ask the questions.
— Irène Vasseur, president of the association Lire ensemble
:::""",
        "reference": """\
::: paper
title: Reading protocols with patients
authors: Lemaire A., Okafor B. et al.
journal: Journal of Invented Medicine
published: 11 January 2018
DOI: 10.5555/cahiers.2018.042
:::""",
        "about": """\
::: about
- Inserm
- Académie des sciences
- Académie nationale de médecine
:::""",
        "video": """\
::: video One notebook, one laboratory
link: https://www.institut.example/film
duration: 2 min 40
subtitles: French, English
:::""",
        "live": """\
::: live stream The day, live
link: https://www.institut.example/live
starts: Saturday 9 December 2017, 9:30 am, Paris time
:::""",
        "access": """\
::: getting there
address: 23 quai de Conti, 75006 Paris
map: https://www.openstreetmap.example/map
Metro: line 7, Pont-Neuf
accessibility: step-free entrance at no. 25; induction loop
:::""",
        "method": """\
::: method How we counted
Two readers coded the diaries apart.

Sample: 340 people, 12 laboratories
Limits: the teams were volunteers
:::""",
        "versions": """\
::: versions
- Français : https://www.institut.example/fr
:::""",
        "language": """\
::: language fr Version française
Douze laboratoires ouvrent leurs cahiers.
:::""",
        "passage": """\
::: passage Académie des sciences
The Académie hosts the day in its great meeting room.
:::""",
    },
)
