"""Hours that cannot follow each other are noted; what goes on into the night is not."""

import pytest

from tests.counterparts.recall import diagnosed
from tests.unit.checks.test_figures_add_up import EN, FR, RELEASE

ASKED = {"ends-before-start", "hour-differs", "hours-reversed", "programme-out-of-order"}
OUT_OF_ORDER = [
    (EN, "Programme\n\n10 am: welcome\n11.30 am: planting\n11 am: speeches\n2 pm: music"),
    (EN, "* 10:00 – Welcome\n* 12:00 – Lunch\n* 11:15 – Tour\n* 14:00 – Music"),
    (EN, "The coach leaves Norbury at 9 am and returns at 8 am."),
    (EN, "Coaches depart at 2 pm and arrive back at 1 pm."),
    (EN, "The visit begins at 3 pm and ends at 2 pm."),
    (EN, "The concert starts at 7 pm on 4 May 2027. Doors open at 7.30 pm."),
    (EN, "Doors open at 8.30 pm for a concert at 8 pm."),
    (EN, "The opening speech is at 11 am, followed by a walk at 10.30 am."),
    (EN, "The workshop runs from 4 pm until 2 pm."),
    (EN, "Registration opens at 9.30 am; the first talk is at 9 am."),
    (EN, "The garden opens at 10am and closes at 9am."),
    (FR, "Programme\n\n10 h : accueil\n11 h 30 : plantation\n11 h : discours\n14 h : musique"),
    (FR, "Départ du car à 9 h, retour à 8 h."),
    (FR, "Le car part de Vernoy à 14 h et revient à 13 h."),
    (FR, "La visite commence à 15 h et se termine à 14 h."),
    (FR, "Le concert débute à 19 h le 4 mai 2027. Ouverture des portes à 19 h 30."),
    (FR, "Les portes ouvrent à 20 h 30 pour un concert à 20 h."),
    (FR, "Le discours a lieu à 11 h, suivi d’une promenade à 10 h 30."),
    (FR, "L’atelier se tient de 16 h jusqu’à 14 h."),
    (FR, "Accueil à 9 h 30 ; première conférence à 9 h."),
    (FR, "Le jardin ouvre à 10 h et ferme à 9 h."),
    (FR, "Début : 14 h 30 – Fin : 12 h 30"),
    (FR, "Ouverture des portes : 20 h\nConcert : 19 h 30"),
    (FR, "- 14 h 30 : goûter\n- 14 h : visite\n- 15 h : musique"),
    (EN, "Doors: 7.30 pm\nStart: 7 pm"),
    (EN, "On 4 May 2027 the boat leaves the quay at 10.15 am and is back at 9.45 am."),
    (EN, "The parade sets off at 3 pm and finishes at 2.30 pm in Oak Road."),
    (EN, "Opening at 11:00, closing at 09:00."),
    (EN, "On Saturday 8 May 2027, doors open at 8 pm and the concert starts at 7.30 pm."),
    (EN, "Programme: 9 am coffee, 10.30 am talks, 10 am walk, noon lunch."),
    (FR, "Le 4 mai 2027, le bateau quitte le quai à 10 h 15 et rentre à 9 h 45."),
    (FR, "Le défilé part à 15 h et s’achève à 14 h 30, rue Haute."),
    (FR, "Café d’accueil à 10 h, début des conférences à 9 h 30."),
    (FR, "Ouverture à 11 h, fermeture à 9 h."),
    (FR, "Samedi 8 mai 2027, les portes ouvrent à 20 h et le concert commence à 19 h 30."),
    (FR, "Au programme : 9 h café, 10 h 30 conférences, 10 h promenade, 12 h déjeuner."),
    (
        FR,
        "Programme\n\n- 9 h 30 – Café\n- 11 h – Table ronde\n- 10 h 15 – Visite\n- 12 h 30 – Buffet",
    ),
]
IN_ORDER = [
    (EN, "Programme\n\n10 am: welcome\n11 am: planting\n11.30 am: speeches\n2 pm: music"),
    (EN, "The coach leaves Norbury at 9 am and returns at 6 pm."),
    (EN, "The last train leaves at 11 pm and returns at 5 am."),
    (EN, "The visit begins at 3 pm and ends at 5 pm."),
    (EN, "The concert starts at 7 pm on 4 May 2027. Doors open at 6.30 pm."),
    (EN, "The concert begins at 8 pm; doors open at 7 pm."),
    (EN, "A walk at 10.30 am is followed by speeches at 11 am."),
    (EN, "The party starts at 9 pm and ends at 2 am."),
    (EN, "The garden closes at 6 pm. It opens at 10 am."),
    (EN, "The shop closes at 6 pm and reopens at 8 am."),
    (
        EN,
        "On Saturday the fair opens at 2 pm; on Sunday it closes at noon, after a parade at 10 am.",
    ),
    (EN, "The tour ends at 5 pm; the one before begins at 1 pm."),
    (EN, "The guide arrives at 9 am. The museum opens at 10 am and closes at 6 pm."),
    (EN, "The museum opens at 10 am from Monday to Friday and at 9 am at weekends."),
    (FR, "Départ du car à 9 h, retour à 18 h."),
    (FR, "La visite commence à 15 h et se termine à 17 h."),
    (FR, "Le concert débute à 19 h le 4 mai 2027. Ouverture des portes à 18 h 30."),
    (FR, "Les portes ouvrent à 19 h 30 pour un concert à 20 h."),
    (FR, "Le bal commence à 21 h et se termine à 2 h."),
    (FR, "Le jardin ferme à 18 h. Il ouvre à 10 h."),
    (FR, "La boutique ferme à 18 h et rouvre à 8 h."),
    (FR, "Samedi, ouverture à 14 h ; dimanche, fermeture à 12 h."),
    (FR, "Ouverture des portes : 19 h\nConcert : 19 h 30"),
    (FR, "Le discours a lieu à 11 h, précédé d’une promenade à 10 h 30."),
    (FR, "Départ à 18 h le vendredi, retour à 12 h le dimanche."),
    (FR, "La navette revient à 18 h ; elle part à 9 h."),
    (FR, "Accueil des familles à 14 h. Le matin, les écoles sont reçues à 9 h."),
    (FR, "La caisse ferme à 17 h. La visite guidée commence à 15 h et finit à 16 h."),
    (EN, "On 4 May 2027 the boat leaves the quay at 10.15 am and is back at noon."),
    (EN, "The parade sets off at 3 pm. The market closes at 2.30 pm."),
    (EN, "Doors open at 7 pm and the concert starts at 7.30 pm; the bar closes at 1 am."),
    (EN, "The ferry leaves Leeds at 9 pm and arrives back at 6 am."),
    (EN, "Talks start at 9.30 am. Check-in: 9 am."),
    (EN, "The museum opens at 10 am, the garden at 9 am."),
    (EN, "The children’s concert starts at 3 pm, the talk begins at 11 am."),
    (EN, "The office closes at noon on Friday; the fair opens at 9 am."),
    (EN, "The concert ends at 10 pm. Buses back to Leeds leave at 9 pm and at 10.30 pm."),
    (EN, "The library opens at 2 pm on Monday and closes at noon on Saturday."),
    (FR, "Le 4 mai 2027, le bateau quitte le quai à 10 h 15 et rentre à 12 h."),
    (FR, "Le défilé part à 15 h. Le marché ferme à 14 h 30."),
    (FR, "Les portes ouvrent à 19 h et le concert commence à 19 h 30 ; le bar ferme à 1 h."),
    (FR, "La nuit des lilas commence à 20 h et finit à 6 h."),
    (FR, "Le musée ouvre à 10 h, le jardin à 9 h."),
    (FR, "Le concert commence à 20 h, le spectacle des enfants débute à 15 h."),
    (FR, "Le jardin ouvre à 14 h le lundi et ferme à 12 h le samedi."),
    (FR, "Le marché ouvre à 8 h et ferme à 13 h, la buvette ouvre à 11 h."),
    (FR, "Le car revient à 18 h. Il part à 9 h de la gare."),
    (FR, "Accueil à 9 h, conférence à 9 h 30, retour à 12 h."),
]


def told(language, text):
    """The checks of hours that find something in a release."""
    found = diagnosed("a.txt", RELEASE[language].format(text))[1].findings
    return {it.check for it in found} & ASKED


@pytest.mark.parametrize(("language", "text"), OUT_OF_ORDER)
def test_hours_out_of_order_are_found(language, text):
    assert told(language, text)


@pytest.mark.parametrize(("language", "text"), IN_ORDER)
def test_hours_that_may_follow_each_other_are_left_alone(language, text):
    assert told(language, text) == set()
