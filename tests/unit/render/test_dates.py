"""Dates and hours in words."""

from datetime import date, datetime, time, timedelta, timezone

import pytest

from mailer.calendar.written_days import written_day
from mailer.render.facts.dates import (
    day_in_words,
    hours_in_words,
    moment_in_words,
    offset_in_words,
    period_in_words,
    time_in_words,
)

SATURDAY = datetime(2017, 12, 9, 9, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "samedi 9\u00a0décembre\u00a02017"),
        ("fr-FR", "samedi 9\u00a0décembre\u00a02017"),
        ("en", "Saturday 9\u00a0December\u00a02017"),
        ("de", "Samstag, 9. Dezember 2017"),
    ],
)
def test_a_day(language, words):
    assert day_in_words(date(2017, 12, 9), language) == words


def test_one_instant_has_the_day_of_each_place():
    there = SATURDAY.astimezone(timezone(timedelta(hours=-10)))

    assert there == SATURDAY
    assert day_in_words(SATURDAY, "en") == "Saturday 9\u00a0December\u00a02017"
    assert day_in_words(there, "en") == "Friday 8\u00a0December\u00a02017"


def test_the_first_of_a_month_in_french():
    assert day_in_words(date(2018, 6, 1), "fr") == "vendredi 1er\u00a0juin\u00a02018"


@pytest.mark.parametrize(
    ("pattern", "language", "words"),
    [
        ("full", "fr", "vendredi 1er décembre 2017"),
        ("long", "fr-FR", "1er décembre 2017"),
        ("d MMM y", "fr", "1er déc. 2017"),
        ("EEE d MMM", "fr", "ven. 1er déc."),
        ("EEEE d", "fr", "vendredi 1er"),
        ("short", "fr", "01/12/2017"),
        ("d/M", "fr", "1/12"),
        ("EEE d MMM y", "en", "Fri 1 Dec 2017"),
        ("full", "de", "Freitag, 1. Dezember 2017"),
    ],
)
def test_the_first_of_a_month_by_every_pattern_that_names_the_month(pattern, language, words):
    assert written_day(date(2017, 12, 1), pattern, language=language) == words


def test_only_the_first_has_such_a_word():
    assert written_day(date(2017, 12, 11), "full", language="fr") == "lundi 11 décembre 2017"


@pytest.mark.parametrize(
    ("at", "language", "words"),
    [
        (time(9, 30), "fr", "9\u00a0h\u00a030"),
        (time(9, 0), "fr", "9\u00a0h"),
        (time(14, 5), "fr", "14\u00a0h\u00a005"),
        (time(9, 30), "en", "9:30\u00a0am"),
        (time(12, 0), "en", "12\u00a0noon"),
        (time(0, 15), "en", "12:15\u00a0am"),
        (time(14, 5), "de", "14:05"),
    ],
)
def test_an_hour(at, language, words):
    assert time_in_words(at, language) == words


def test_a_moment_and_a_range():
    later = SATURDAY.replace(hour=17, minute=0)

    assert moment_in_words(SATURDAY, "fr").endswith("décembre\u00a02017 à\u00a09\u00a0h\u00a030")
    assert hours_in_words(SATURDAY, later, "fr") == "de 9\u00a0h\u00a030 à 17\u00a0h"
    assert hours_in_words(SATURDAY, None, "fr") == "9\u00a0h\u00a030"


def test_several_days():
    sunday = SATURDAY + timedelta(days=1)

    assert period_in_words(SATURDAY, sunday, "fr") == (
        "du samedi 9 au dimanche 10\u00a0décembre\u00a02017"
    )
    assert period_in_words(SATURDAY, SATURDAY, "fr") == day_in_words(SATURDAY, "fr")


def test_an_offset():
    assert offset_in_words(SATURDAY) == "UTC+1"
    assert offset_in_words(SATURDAY.replace(tzinfo=timezone(-timedelta(hours=3, minutes=30)))) == (
        "UTC−3:30"
    )
