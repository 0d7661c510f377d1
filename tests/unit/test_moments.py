"""Days and hours as people type them, in the language of the screen."""

from datetime import date, datetime

import pytest

from mailer.calendar.timetable import NotATime
from mailer.files.campaigns.moments import read_moment

NINE_THIRTY = datetime.fromisoformat("2017-12-09T09:30")


@pytest.mark.parametrize(
    ("text", "language", "moment"),
    [
        ("2017-12-09 09:30", "fr", NINE_THIRTY),
        ("9 décembre 2017", "fr", date(2017, 12, 9)),
        ("09/12/2017 9h30", "fr", NINE_THIRTY),
        ("9/12/2017", "fr", date(2017, 12, 9)),
        ("samedi 9 décembre 2017 à 9 h 30", "fr", NINE_THIRTY),
        ("le 1er mars 2026, 14 h", "fr", datetime.fromisoformat("2026-03-01T14:00")),
        ("9 déc. 2017 vers 9:30", "fr", NINE_THIRTY),
        ("December 9, 2017 at 9:30 am", "en", NINE_THIRTY),
        ("9 December 2017, 2pm", "en", datetime.fromisoformat("2017-12-09T14:00")),
        ("9 December 2017, 12 am", "en", datetime.fromisoformat("2017-12-09T00:00")),
    ],
)
def test_a_day_and_an_hour_are_read_as_they_are_said(text, language, moment):
    assert read_moment(text, language) == moment


@pytest.mark.parametrize(
    "text",
    [
        "vendredi 9 décembre 2017",  # it is a Saturday
        "9 décembre",
        "demain",
        "31/02/2026",
        "9 décembre 2017 peut-être",
        "9 décembre 2017 à 25h",
        "9 décembre 2017 ou 10 décembre 2017",
    ],
)
def test_what_is_no_whole_date_is_refused_and_never_guessed(text):
    with pytest.raises(NotATime):
        read_moment(text, "fr")
