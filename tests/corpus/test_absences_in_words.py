"""Departures, absences and days of return in the words of our own collection."""

from pathlib import Path

import pytest

from mailer.feedback.reader import read_report

LINES = (Path(__file__).parent / "absences.txt").read_text("utf-8").splitlines()
ROWS = [tuple(line.split("|", 1)) for line in LINES if not line.startswith("#")]
_HEAD = (
    "From: lea@journal.example\nTo: presse@office.example\nSubject: Réponse automatique\n"
    "Date: Tue, 3 Jun 2025 10:00:00 +0200\nAuto-Submitted: auto-replied\n"
    "Content-Type: text/plain; charset=utf-8\n\n"
)


def absence(text):
    return read_report(f"{_HEAD}{text}\n".encode()).absence


@pytest.mark.parametrize("text", [text for label, text in ROWS if label == "left"])
def test_who_has_left_for_good_is_told(text):
    assert absence(text).has_left


@pytest.mark.parametrize("text", [text for label, text in ROWS if label == "away"])
def test_who_is_away_for_a_while_has_not_left(text):
    assert not absence(text).has_left


@pytest.mark.parametrize(("day", "text"), [row for row in ROWS if row[0][0].isdigit()])
def test_the_day_of_return_is_read(day, text):
    assert str(absence(text).returns_on) == day
