"""Dates are recognised as people write them, and nothing else is."""

from datetime import date

import pytest

from mailer.checks.reading.times.dates import mentions

NBSP = "\u00a0"


def read(text, language):
    return [
        (mention.weekday, mention.day, mention.month, mention.year)
        for mention in mentions(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("le samedi 9 décembre 2017 à Paris", (5, 9, 12, 2017)),
        (f"samedi{NBSP}9{NBSP}décembre{NBSP}2017", (5, 9, 12, 2017)),
        ("Samedi 9\ndécembre 2017", (5, 9, 12, 2017)),
        ("vendredi 1er décembre 2017", (4, 1, 12, 2017)),
        ("vendredi 1ᵉʳ décembre", (4, 1, 12, None)),
        ("le 9 décembre", (None, 9, 12, None)),
        ("sam. 9 déc. 2017", (5, 9, 12, 2017)),
        ("LUNDI 4 DECEMBRE 2017", (0, 4, 12, 2017)),
        ("mercredi, le 3 févr. 2026", (2, 3, 2, 2026)),
        ("le 14 juil. 2026", (None, 14, 7, 2026)),
        ("le 15 août 2026", (None, 15, 8, 2026)),
        ("le 15 aout 2026", (None, 15, 8, 2026)),
        ("mar. 31 mars 2026", (1, 31, 3, 2026)),
        ("samedi 09/12/2017", (5, 9, 12, 2017)),
        ("(9 décembre 2017)", (None, 9, 12, 2017)),
    ],
)
def test_a_french_date_is_read(text, found):
    assert read(text, "fr") == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on Saturday 9 December 2017", (5, 9, 12, 2017)),
        ("Saturday, December 9, 2017", (5, 9, 12, 2017)),
        ("Sat 9 Dec 2017", (5, 9, 12, 2017)),
        ("Sat. 9 Dec. 2017", (5, 9, 12, 2017)),
        ("Tues 31 March 2026", (1, 31, 3, 2026)),
        ("Thurs, 7 December", (3, 7, 12, None)),
        ("the 9th of December 2017", (None, 9, 12, 2017)),
        ("Friday, the 1st of December", (4, 1, 12, None)),
        ("December 9th", (None, 9, 12, None)),
        (f"Saturday{NBSP}9{NBSP}December 2017", (5, 9, 12, 2017)),
    ],
)
def test_an_english_date_is_read(text, found):
    assert read(text, "en") == [found]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mars est un mois", "fr"),
        ("plus de 120 représentants", "fr"),
        ("en 2003", "fr"),
        ("la 7e rencontre", "fr"),
        ("le 9 décembriste", "fr"),
        ("1/2", "fr"),
        ("the 5 may attend", "en"),
        ("they march 3 times", "en"),
        ("in December", "en"),
        ("9 décembre 2017", "de"),
    ],
)
def test_what_is_no_date_is_left_alone(text, language):
    assert read(text, language) == []


def test_the_first_of_two_days_takes_its_month_from_the_second():
    assert read("samedi 9 et dimanche 10 décembre 2017", "fr") == [
        (5, 9, 12, 2017),
        (6, 10, 12, 2017),
    ]
    assert read("Saturday 9 and Sunday 10 December 2017", "en") == [
        (5, 9, 12, 2017),
        (6, 10, 12, 2017),
    ]


def test_a_missing_year_is_the_one_that_brings_the_date_nearest():
    (december,) = mentions("le 9 décembre", "fr")
    (january,) = mentions("le 9 janvier", "fr")

    assert december.near(date(2017, 12, 4)) == date(2017, 12, 9)
    assert december.near(date(2018, 1, 4)) == date(2017, 12, 9)
    assert january.near(date(2017, 12, 4)) == date(2018, 1, 9)


def test_a_day_that_does_not_exist_is_no_date():
    (mention,) = mentions("le 30 février 2018", "fr")

    assert mention.near(date(2018, 1, 1)) is None
