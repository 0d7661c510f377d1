"""Releases that say only once in which year they are read are understood."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.counterparts.recall import diagnosed

HEADS = [
    "COMMUNIQUÉ DE PRESSE – 12 avril 2027\n\n",
    "Communiqué de presse\nDiffusé le 12/04/2027\n\n",
    "PRESS RELEASE | 2027-04-12\n\n",
    "PRESS RELEASE\nIssued: 12.04.2027\n\n",
    "MEDIA ADVISORY\n\nApril 12, 2027\n\n",
    "NORBURY, April 12, 2027 — ",
]
BODIES = {
    True: "# The garden opens\n\nNorbury Trust opens its garden on Tuesday 4 May at 10 am, at 12 Oak Road,"
    " Norbury. Thirty lilacs grow there.\n\nPress contact: Ann Low, 07700 900123\n",
    False: "# Le jardin ouvre\n\nLa Ville de Vernoy ouvre son jardin le mardi 4 mai à 10 h, au 12, rue Haute,"
    " à Vernoy. Trente lilas y poussent.\n\nContact presse : Léa Morin, 06 39 98 12 34\n",
}


def severe(text):
    return [
        each.check
        for each in diagnosed("a.txt", text)[1].findings
        if each.severity is not Severity.NOTE
    ]


@pytest.mark.parametrize("head", HEADS)
def test_the_day_of_issue_gives_the_year_of_what_is_to_come(head):
    is_english = "COMM" not in head.upper()
    text = f"{head}{BODIES[is_english]}"
    if head.startswith("NORBURY"):
        text = text.replace(f"{head}# The garden opens\n\n", f"# The garden opens\n\n{head}")

    assert severe(text) == []


def test_a_weekday_that_is_wrong_in_the_year_of_issue_blocks():
    assert "weekday-differs" in severe(HEADS[0] + BODIES[False].replace("mardi", "lundi"))


def test_a_text_of_no_year_has_a_warning_for_its_date_and_a_note_for_its_weekday():
    assert severe(BODIES[False].replace("mardi", "lundi")) == ["date-without-year"]


def test_the_day_of_an_event_alone_in_a_line_is_no_day_of_issue():
    text = (
        "INVITATION\n\nMardi 4 mai 2027\n\n# Le jardin ouvre\n\nVernoy ouvre son jardin à 10 h, au 12, rue"
        " Haute, à Vernoy. Réponse avant le 29 avril 2027 à presse@vernoy.example.\n\n"
        "Contact presse : Léa Morin, 06 39 98 12 34\n"
    )

    assert severe(text) == []


def test_contacts_above_the_text_hide_no_place():
    text = (
        "FOR IMMEDIATE RELEASE\n\nMEDIA CONTACT:\nDana Whitlock\n(617) 555-0142\n\nHarbor Library Opens Map"
        " Room\n\nBOSTON, May 3, 2027 – The Harbor Library will open its map room on Tuesday, May 11,"
        " 2027, at 10 a.m., at 40 Pier Street, Boston. The room holds 1,200 sea charts.\n"
    )

    assert severe(text) == []


def test_the_number_of_a_press_desk_without_a_name_is_a_note():
    text = "# The bridge closes\n\nNorbury, 4 May 2027\n\nNorbury Council closes the bridge.\n\n{} 01632 960123\n"

    assert severe(text.format("Press office:")) == []
    assert severe(text.format("Switchboard:")) == ["press-contact-without-phone"]


def test_the_year_of_the_headline_is_that_of_the_days_below():
    text = (
        "# Le sel en fête 2027\n\nBrest, le port\n\nLe sel est fêté le samedi 8 mai de 10 h à 18 h, au 3 quai du"
        " Sel, à Brest. Le 9 mai, les bateaux sortent.\n\nContact presse : Léa Morin, 06 39 98 12 34\n"
    )

    assert severe(text) == []
