"""Where a text says that its office is closed on a day that it invites to, nobody answers then."""

import pytest

from tests.counterparts.recall import diagnosed
from tests.unit.checks import test_told_in_other_words as frames

FRENCH = frames.FRENCH.replace("le samedi 29 mai 2027 à 11 h", "le jeudi 27 mai 2027 à 11 h")
ENGLISH = frames.ENGLISH.replace("Saturday 29 May 2027 at 11 am", "Thursday 27 May 2027 at 11 am")
PHONES = {FRENCH: "03 53 01 28 64", ENGLISH: "020 7946 0245"}
SUNDAYS = {
    FRENCH: "Le public viendra le dimanche 30 mai 2027 de 10 h à 18 h.",
    ENGLISH: "Everybody is welcome on Sunday 30 May 2027, from 10 am to 5 pm.",
}


def is_nobody_there(frame, said, hours):
    text = frame.format(said=said, head="", phone=PHONES[frame], hours=hours)
    _read, diagnosis = diagnosed("a.txt", text)
    return "nobody-on-the-day" in {each.check for each in diagnosis.findings}


@pytest.mark.parametrize(
    ("frame", "hours"),
    [
        (FRENCH, "Le standard est ouvert du mardi au samedi."),
        (FRENCH, "Nos bureaux répondent en semaine."),
        (FRENCH, "Service de presse joignable du lundi au vendredi de 9 h à 18 h"),
        (FRENCH, "(bureau fermé le week-end)"),
        (FRENCH, "Permanence téléphonique : lundi-jeudi, 9 h – 17 h"),
        (FRENCH, "Le secrétariat prend les appels les jours ouvrés."),
        (ENGLISH, "The press desk is staffed Monday to Friday."),
        (ENGLISH, "Calls are taken on weekdays, 9 am to 5 pm."),
        (ENGLISH, "Switchboard: Mon-Fri only"),
        (ENGLISH, "The office is closed at weekends."),
        (ENGLISH, "Phones are answered from Tuesday to Saturday."),
        (ENGLISH, "Reachable on working days only"),
    ],
)  # fmt: skip
def test_an_office_that_is_closed_on_sundays_answers_nobody_then(frame, hours):
    assert is_nobody_there(frame, SUNDAYS[frame], hours)


@pytest.mark.parametrize(
    ("frame", "hours"),
    [
        (FRENCH, "Fiona répond tous les jours."),
        (FRENCH, "Le dimanche 30 mai, Benoît Klein répond au 06 39 98 33 71."),
        (FRENCH, "Le standard est ouvert du lundi au vendredi ; le dimanche 30 mai, Benoît Klein répond au 06 39 98 33 71."),
        (FRENCH, ""),
        (FRENCH, "Joignable du lundi au dimanche."),
        (FRENCH, "Joignable aussi le week-end."),
        (ENGLISH, "Fiona Lyle answers every day."),
        (ENGLISH, "The office is staffed Monday to Friday; on Sunday 30 May, call 07700 900 123."),
        (ENGLISH, "Calls are answered Monday to Sunday."),
        (ENGLISH, "Fiona can be reached at the weekend too."),
        (ENGLISH, ""),
        (ENGLISH, "From Thursday 27 to Sunday 30 May, she is reachable on 07700 900 123."),
    ],
)  # fmt: skip
def test_an_office_that_answers_on_sundays_or_says_nothing_is_left_alone(frame, hours):
    assert not is_nobody_there(frame, SUNDAYS[frame], hours)


@pytest.mark.parametrize(
    ("frame", "said", "hours"),
    [
        (FRENCH, "Les dossiers sont reçus jusqu’au dimanche 30 mai 2027.", "Bureau ouvert du lundi au vendredi."),
        (FRENCH, "L’exposition est ouverte du lundi au vendredi jusqu’au dimanche 27 juin 2027.", ""),
        (ENGLISH, "The shop opens Monday to Friday. The fair is on Sunday 30 May 2027.", ""),
        (ENGLISH, "Please answer by Sunday 23 May 2027.", "The office is staffed Monday to Friday."),
    ],
)  # fmt: skip
def test_a_limit_is_no_day_on_which_people_come_and_a_shop_is_no_office(frame, said, hours):
    assert not is_nobody_there(frame, said, hours)


DATED = """Thursday 22 April 2027

ST ALDRED’S HOSPITAL
MEDIA NOTICE
Embargo: not for publication before Saturday 1 May 2027, 8 am (British Summer Time)

# New family house opens beside the wards

St Aldred’s Hospital will open its family house, 4 Mill Road, Norbury NR1 2AB, on Saturday 1 May 2027 at 11 am.

Running order, 1 May
10 am: press visit
11 am: opening

Accreditation closes on Wednesday 28 April 2027 at 5 pm: press@aldred.example

Media contact: Priya Lomax, press@aldred.example, 07700 900 123
"""


def test_the_heading_of_a_programme_is_no_dateline():
    """Text dated 22 April was taken for one of 1 May, and `1 May` above `10 am` for 10 May."""
    _read, diagnosis = diagnosed("a.txt", DATED)

    told = {each.check: str(each.what) for each in diagnosis.findings}
    assert not told.keys() & {"announced-too-late", "date-without-year", "event-differs"}


def test_an_hour_is_of_the_day_that_its_paragraph_names():
    said = (
        "The race is on Sunday 30 May 2027. The start is at 8 am; the first are expected at 1 pm."
    )
    text = frames.ENGLISH.format(said=said, head="", phone="07700 900 123", hours="")
    _read, diagnosis = diagnosed("a.txt", text)

    assert "hour-differs" not in {each.check for each in diagnosis.findings}
