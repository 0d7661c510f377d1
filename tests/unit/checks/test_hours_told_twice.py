"""Day and hour of an event are the same in the lead, the programme and what is said beside them."""

import pytest

from tests.counterparts.recall import diagnosed

FRENCH = """Vernoy, le lundi 19 avril 2027

Communiqué de presse

# Le conservatoire ouvre sa saison

{said}

Lieu : conservatoire, 22, rue des Tisserands, 68930 Vernoy.

Accréditation avant le vendredi 21 mai 2027 à 12 h : presse@sel.example

Contact presse : Benoît Klein, 06 39 98 33 71, presse@sel.example
"""
ENGLISH = """Norbury, Monday 19 April 2027

Press release

# The conservatory opens its season

{said}

Place: the conservatory, 22 Mill Road, Norbury NR1 2AB.

Please ask for accreditation by noon on Friday 21 May 2027: press@salt.example

Press contact: Fiona Lyle, 07700 900 123, press@salt.example
"""

HOURS = {
    "practical-part-differs",
    "moment-differs",
    "hour-differs",
    "event-differs",
    "item-too-long",
    "programme-out-of-order",
}


def asked_about_hours(frame, said):
    _read, diagnosis = diagnosed("a.txt", frame.format(said=said))
    return {each.check for each in diagnosis.findings} & HOURS


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FRENCH, "L’orchestre jouera le samedi 29 mai 2027 à 16 h.\n\nLe jour même\n14 h : rencontre avec le chef\n15 h : ouverture des portes\n17 h : début du concert"),
        (FRENCH, "La maire inaugurera la salle le jeudi 27 mai 2027 à 11 h.\n\nProgramme du 27 mai\n10 h : visite des ateliers\n11 h 30 : inauguration\n12 h : verre de l’amitié"),
        (FRENCH, "Le conservatoire présentera ses comptes le jeudi 27 mai 2027 à 9 h 30.\n\nDéroulé\n9 h : présentation des comptes\n10 h : questions\n10 h 30 : visite"),
        (FRENCH, "La conférence de presse aura lieu le jeudi 27 mai 2027 à 14 h.\n\nJeudi 27 mai\n13 h 30 : accueil\n14 h 30 : conférence de presse\n15 h 30 : visite"),
        (FRENCH, "Le spectacle est donné le samedi 29 mai 2027 à 20 h 30.\n\nSamedi 29 mai\n19 h 30 : ouverture des portes\n20 h : lever de rideau\n22 h : fin"),
        (FRENCH, "La course part le dimanche 30 mai 2027 à 9 h.\n\nHoraires du 30 mai\n8 h : retrait des dossards\n9 h 30 : départ de la course\n12 h : remise des prix"),
        (ENGLISH, "The mayor opens the hall on Thursday 27 May 2027 at 11 am.\n\nProgramme\n10 am: tour of the rooms\n11.30 am: opening by the mayor\n12 noon: lunch"),
        (ENGLISH, "The choir sings on Saturday 29 May 2027 at 7.30 pm.\n\nOn the day\n6.30 pm: doors open\n8 pm: concert begins\n10 pm: close"),
        (ENGLISH, "The trust presents its accounts on Thursday 27 May 2027 at 9.30 am.\n\nOrder of the day\n9 am: presentation of the accounts\n10 am: questions\n10.30 am: tour"),
        (ENGLISH, "The race starts on Sunday 30 May 2027 at 9 am.\n\nTimetable, Sunday 30 May\n8 am: registration\n9.30 am: start\n12 noon: prizes"),
        (ENGLISH, "The press visit is on Thursday 27 May 2027 at 2 pm.\n\nPlease be at the door by 1 pm, thirty minutes before the press visit starts."),
        (ENGLISH, "The concert begins at 8 pm on Saturday 29 May 2027.\n\nDoors open at 7 pm, half an hour before the concert."),
        (FRENCH, "La visite de presse commence à 14 h le jeudi 27 mai 2027.\n\nMerci d’être à l’entrée à 13 h 15, un quart d’heure avant la visite."),
        (FRENCH, "Le concert du samedi 29 mai 2027 débute à 20 h.\n\nLes portes ouvrent à 19 h, une demi-heure avant le concert."),
        (FRENCH, "Le conservatoire présentera ses comptes le jeudi 27 mai 2027 à 10 h. La présentation est publique.\n\nCeux qui ne peuvent venir le vendredi 28 mai à 10 h pour la présentation recevront un dossier."),
        (ENGLISH, "The trust presents its accounts on Thursday 27 May 2027 at 10 am. The presentation is open to all.\n\nThose who cannot come on Friday 28 May at 10 am for the presentation will get a file."),
        (ENGLISH, "Visitors can go on a boat trip on Saturday 29 May 2027, from 10 am to 4 pm. Boats leave every hour.\n\nTimetable\n9 am: press visit\n11 am: first boat\n4 pm: close"),
        (FRENCH, "Les visites guidées ont lieu le samedi 29 mai 2027, de 10 h à 17 h.\n\nSamedi 29 mai, 11 h : première visite guidée"),
        (FRENCH, "Le débat se tient le mardi 25 mai 2027 à 18 h 30.\n\nLe débat, mercredi 26 mai 2027, sera filmé."),
        (ENGLISH, "The debate is on Tuesday 25 May 2027 at 6.30 pm.\n\nThe debate, on Wednesday 26 May 2027, will be filmed."),
        (FRENCH, "La conférence a lieu le jeudi 27 mai 2027 à 10 h.\n\nDéroulé\n14 h 30 : accueil\n15 h : début de la conférence\n16 h : questions"),
        (FRENCH, "Le théâtre créera la pièce le mardi 25 mai 2027 à 20 h.\n\nLa première, jeudi 27 mai 2027, sera suivie d’une rencontre."),
        (ENGLISH, "The theatre stages the play on Tuesday 25 May 2027 at 8 pm.\n\nThe opening night, on Thursday 27 May 2027, is sold out."),
    ],
)  # fmt: skip
def test_an_event_that_is_told_at_two_moments_is_asked_about(frame, said):
    assert asked_about_hours(frame, said)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FRENCH, "L’orchestre jouera le samedi 29 mai 2027 à 17 h.\n\nLe jour même\n14 h : rencontre avec le chef\n15 h : ouverture des portes\n17 h : début du concert"),
        (FRENCH, "Le dimanche 30 mai 2027, de 10 h à 17 h, le conservatoire ouvre à tous.\n\nLe dimanche 30 mai\n9 h : point presse, réservé aux journalistes\n10 h : ouverture au public\n15 h : concert\n17 h : fin"),
        (FRENCH, "Le conservatoire ouvre au public le samedi 29 mai 2027 à 14 h.\n\nLes journalistes sont attendus le jour même, avant le public :\n11 h, visite ;\n12 h, démonstration ;\n12 h 30, verre de l’amitié."),
        (FRENCH, "L’usine sera inaugurée le jeudi 27 mai 2027 à 10 h.\n\nJeudi 27 mai\n9 h 30 : accueil\n10 h : discours\n10 h 30 : inauguration de la ligne\n11 h : visite"),
        (FRENCH, "Le conservatoire présentera ses comptes le jeudi 27 mai 2027 à 9 h.\n\nDéroulé\n9 h : accueil\n9 h 15 : présentation\n10 h : questions"),
        (FRENCH, "La fête a lieu le samedi 29 mai 2027 à partir de 10 h.\n\nSamedi 29 mai\n10 h : ouverture\n11 h : fanfare\n14 h : concert\n18 h : fin"),
        (ENGLISH, "The hall opens on Monday 31 May 2027, a bank holiday, at 10 am.\n\nMonday 31 May\n9.30 am: gates open\n10 am: first song, started by the mayor\n11 am: brass band\n6 pm: close"),
        (ENGLISH, "The choir sings on Saturday 29 May 2027 at 8 pm.\n\nOn the day\n7 pm: doors open\n8 pm: concert begins\n10 pm: close"),
        (ENGLISH, "Press conference: Thursday 27 May 2027, 12 noon\n\nOrder of the day\n11.30 am: registration\n12 noon: announcement\n12.30 pm: questions\n2 pm: open rehearsal for photographers"),
        (ENGLISH, "The press visit is on Thursday 27 May 2027 at 2 pm.\n\nPlease be at the door by 1.30 pm, thirty minutes before the press visit starts."),
        (ENGLISH, "The concert begins at 8 pm on Saturday 29 May 2027.\n\nDoors open at 7.30 pm, half an hour before the concert."),
        (FRENCH, "La visite de presse commence à 14 h le jeudi 27 mai 2027.\n\nMerci d’être à l’entrée à 13 h 45, un quart d’heure avant la visite."),
        (FRENCH, "Le concert du samedi 29 mai 2027 débute à 20 h. Un second concert a lieu le dimanche 30 mai 2027 à 17 h."),
        (ENGLISH, "The debate is on Tuesday 25 May 2027 at 6.30 pm. A second debate, on Wednesday 26 May 2027 at 6.30 pm, is for schools."),
        (FRENCH, "Le conservatoire présentera ses comptes le jeudi 27 mai 2027 à 10 h. La répétition, vendredi 28 mai 2027 à 10 h, est ouverte aux photographes."),
        (ENGLISH, "Visitors can go on a boat trip on Saturday 29 May 2027, from 10 am to 4 pm.\n\nTimetable\n9 am: press visit\n10 am: first boat\n4 pm: close"),
        (FRENCH, "Les visites guidées ont lieu le samedi 29 mai 2027, de 10 h à 17 h.\n\nSamedi 29 mai, 10 h : première visite guidée"),
        (ENGLISH, "The trust presents its accounts on Thursday 27 May 2027 at 10 am. Its music can be heard for the first time on Saturday 29 May 2027 at 7.30 pm. Doors open at 6.45 pm."),
        (FRENCH, "Le concert est donné le samedi 29 mai 2027 à 20 h. La répétition générale a lieu le vendredi 28 mai 2027 à 20 h."),
        (FRENCH, "La presse est invitée à la répétition du vendredi 28 mai 2027 à 19 h 30. Le concert est donné le samedi 29 mai 2027 à 20 h.\n\nLe jour du concert\n18 h : rencontre\n19 h : ouverture des portes\n20 h : concert"),
        (FRENCH, "Le théâtre créera la pièce le mardi 25 mai 2027 à 20 h.\n\nLa première, mardi 25 mai 2027, sera suivie d’une rencontre."),
        (FRENCH, "Une avant-première a lieu le mardi 25 mai 2027 à 20 h.\n\nLa première, jeudi 27 mai 2027, sera suivie d’une rencontre."),
    ],
)  # fmt: skip
def test_what_leads_to_an_event_or_follows_it_is_left_alone(frame, said):
    assert not asked_about_hours(frame, said)
