"""Who wants no more mail, and who only refuses a part, in the words of our own collection."""

from pathlib import Path

import pytest

from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind

LINES = (Path(__file__).parent / "oppositions.txt").read_text("utf-8").splitlines()
ROWS = [tuple(line.split("|", 1)) for line in LINES if not line.startswith("#")]
_HEAD = (
    "From: lea@journal.example\nTo: presse@office.example\nSubject: Bonjour\n"
    "Content-Type: text/plain; charset=utf-8\n\n"
)


def kind(text):
    return read_report(f"{_HEAD}{text}\n".encode()).kind


@pytest.mark.parametrize("text", [text for label, text in ROWS if label == "opposition"])
def test_who_wants_no_more_mail_is_told(text):
    assert kind(text) is MailKind.UNSUBSCRIBE


@pytest.mark.parametrize("text", [text for label, text in ROWS if label == "other"])
def test_who_refuses_a_part_or_something_else_opposes_nothing(text):
    assert kind(text) is not MailKind.UNSUBSCRIBE
