"""The hours of a document: beside a day, before it or below it, and by which clock."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise
from tests.unit.test_recognised import values

TODAY = date(2027, 1, 11)
INVITED = "# Titre\n\nInvitation presse\n\n"
INVITED_IN_ENGLISH = "# The title of the text\n\nMedia advisory\n\n"


def event(text, zone="Europe/Paris", language="fr", head=INVITED):
    found = values(recognise(head + text, language=language, today=TODAY, zone=zone))
    return found.get("event.starts_at"), found.get("event.ends_at")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Jeudi 8 avril 2027** de 9 h à 12 h", ("2027-04-08 09:00", "2027-04-08 12:00")),
        ("**Jeudi 8 avril 2027**\\\nde 9 h à 12 h", ("2027-04-08 09:00", "2027-04-08 12:00")),
        ("Date\n\nJeudi 8 avril 2027\n\nHoraires\n\nde 9 h à 12 h", ("2027-04-08 09:00", "2027-04-08 12:00")),
        ("Jeudi 8 avril 2027\n\n**Heure :** 18 h 30", ("2027-04-08 18:30", None)),
        ("Rendez-vous à 9 h le jeudi 8 avril 2027.", ("2027-04-08 09:00", None)),
        ("De 9 h à 12 h le jeudi 8 avril 2027.", ("2027-04-08 09:00", "2027-04-08 12:00")),
        ("Jeudi 8 avril 2027. Accueil à 9 h.", ("2027-04-08", None)),
        ("Ouverture à 9 h. Le jeudi 8 avril 2027, on ferme.", ("2027-04-08", None)),
        ("Le jeudi 8 avril 2027, 15 h, heure de Montréal.", ("2027-04-08", None)),
        ("Le jeudi 8 avril 2027 à 15 h (heure de Paris).", ("2027-04-08 15:00", None)),
        ("Le jeudi 8 avril 2027 à 15 h, heure de Bruxelles.", ("2027-04-08 15:00", None)),
        ("Le jeudi 8 avril 2027 à 15 h\n\nCNRS", ("2027-04-08 15:00", None)),
        ("Le jeudi 8 avril 2027 à 14 h GMT.", ("2027-04-08", None)),
    ],
)  # fmt: skip
def test_the_hours_of_an_event_are_those_of_its_day_and_of_the_office_clock(text, expected):
    assert event(text) == expected


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("On Wednesday, May 12, 2027, 9:30am ET.", "Europe/Paris", "2027-05-12"),
        ("On Wednesday, May 12, 2027, 9:30am ET.", "America/New_York", "2027-05-12 09:30"),
        ("On Wednesday, May 12, 2027, 9:30am EST.", "America/New_York", "2027-05-12"),
        ("Wednesday 12 May 2027, 10:00 BST", "Europe/London", "2027-05-12 10:00"),
        ("Wednesday 12 May 2027, 10:00 BST", "Europe/Paris", "2027-05-12"),
        ("From 10am to 11am London time on Wednesday 12 May 2027", "Europe/London", "2027-05-12 10:00"),
        ("Wednesday 12 May 2027, 10:00 GMT", "Europe/London", "2027-05-12"),
        ("When: Wednesday 12 May 2027\n\nTime: 2.30pm to 4pm", "Europe/London", "2027-05-12 14:30"),
    ],
)  # fmt: skip
def test_an_hour_in_english_keeps_its_clock(text, zone, expected):
    assert event(text, zone, "en", INVITED_IN_ENGLISH)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Embargo: 00:01 BST, 3 May 2027", "2027-05-03 01:01"),
        ("EMBARGOED UNTIL 00:01 BST, Monday 3 May 2027", "2027-05-03 01:01"),
        ("Under embargo until Monday 3 May 2027, 10:00 London time", "2027-05-03 11:00"),
        ("Strict embargo: 10am (Paris time) on Monday 3 May 2027", "2027-05-03 10:00"),
        ("Embargoed until 11 am US Eastern time, Wednesday, November 3, 2027", "2027-11-03 16:00"),
        ("Embargoed until Monday 3 May 2027, 10:00 IST", None),
        ("Embargo lifted, the text of 3 May 2027 at 10:00. It was long.", None),
        ("Embargoed until 10am BST, 3 May 2027", "2027-05-03 11:00"),
        ("Embargoed until Monday 3 May 2027", None),
    ],
)
def test_an_embargo_holds_until_the_moment_that_its_clock_shows(text, expected):
    head = "# The title of the text\n\nPress release\n\n"
    in_text = recognise(f"{head}{text}", language="en", today=TODAY)
    in_margin = recognise(head, language="en", today=TODAY, margins=(text,))

    assert values(in_text).get("embargo.until") == expected
    assert values(in_margin).get("embargo.until") == expected
    assert (text in in_text.text) == (expected is None)


def test_a_french_embargo_by_another_clock_is_turned_into_ours():
    text = "SOUS EMBARGO jusqu’au mardi 15 juin 2027 à 14 h, heure de Londres"

    found = recognise(f"# Titre\n\n{text}\n", language="fr", today=TODAY)

    assert values(found)["embargo.until"] == "2027-06-15 15:00"
    assert found.value("event", "starts_at") is None


def test_an_hour_by_another_clock_stays_in_the_text():
    when = "Quand : mercredi 27 janvier 2027, 15 h, heure de Montréal"
    ours = "Quand : mercredi 27 janvier 2027, 15 h"

    assert when in recognise(f"{INVITED}{when}\n", language="fr", today=TODAY).text
    assert "Quand" not in recognise(f"{INVITED}{ours}\n", language="fr", today=TODAY).text


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Jeudi 8 avril 2027 à 9 h. Fin prévue à midi.", "12:00"),
        ("Jeudi 8 avril 2027 à 9 h\n\nFin vers 11 h 30", "11:30"),
        ("Le jeudi 8 avril 2027 à 9 h ; la visite se termine à 12 h.", "12:00"),
        ("Jeudi 8 avril 2027, de 9 h à midi", "12:00"),
        ("Le jeudi 8 avril 2027 à 9 h. Fin à 8 h.", None),
        ("Le jeudi 8 avril 2027 à 9 h. Fin à 11 h ou fin à 12 h.", None),
        ("Le jeudi 8 avril 2027 à 9 h. Fin des travaux en juin.", None),
        ("Le jeudi 8 avril 2027 à 9 h. Le vendredi 9 avril, fin du chantier, fin à 17 h.", None),
    ],
)
def test_the_end_of_an_event_may_stand_in_another_sentence(text, end):
    assert event(text) == ("2027-04-08 09:00", end and f"2027-04-08 {end}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Thursday 8 April 2027, from 10.30 am to noon", ("2027-04-08 10:30", "2027-04-08 12:00")),
        ("On Thursday 8 April 2027, from 10.30 to noon", ("2027-04-08 10:30", "2027-04-08 12:00")),
        ("From 9.15 am until noon on Thursday 8 April 2027", ("2027-04-08 09:15", "2027-04-08 12:00")),
        ("Thursday 8 April 2027, 2 pm; it ends at 4 pm.", ("2027-04-08 14:00", "2027-04-08 16:00")),
        ("Thursday 8 April 2027, 2 pm. The tour is due to finish by 3:30 pm.", ("2027-04-08 14:00", "2027-04-08 15:30")),
        ("Thursday 8 April 2027, 2 pm. The road ends at the quay.", ("2027-04-08 14:00", None)),
    ],
)  # fmt: skip
def test_the_end_of_an_event_in_english(text, expected):
    assert event(text, "Europe/London", "en", INVITED_IN_ENGLISH) == expected
