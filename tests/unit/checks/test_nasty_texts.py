"""A text within the limits costs the checks work that grows with its length, not with its square."""

from datetime import UTC, datetime

import pytest

from mailer.checks import CHECKS
from mailer.checks.reading.times.hours import hours
from mailer.operations.campaigns.writing.diagnosis import diagnose
from mailer.render.markdown.typed_text import read_typed
from tests.counterparts.drafts import LETTERHEAD, OFFICE, a_draft, a_step
from tests.counterparts.work import calls_of

NOW = datetime(2017, 11, 20, 9, tzinfo=UTC)
FEW = 300
"""How often the shorter text repeats what is nasty."""


def work_of(check, text):
    draft = a_draft(a_step(text=text))
    (asked,) = (each for each in CHECKS if each.name == check)
    return calls_of(lambda: list(asked.findings(draft)))


@pytest.mark.parametrize(
    ("check", "nasty"),
    [
        ("figures-disagree", "On voit {n} élèves.\n\n"),
        ("hour-differs", "À 1{m} h, Lundi. "),
        ("event-differs", "le 12 mai autrement. "),
        ("unit-of-elsewhere", "$1{m} et €1{m}. "),
        ("quotation-without-name", 'On a dit " '),
    ],
)
def test_twice_the_text_is_little_more_than_twice_the_work(check, nasty):
    short, long = (
        "".join(nasty.format(n=1_000 + n, m=n % 10) for n in range(count))
        for count in (FEW, 2 * FEW)
    )

    assert work_of(check, long) <= 2.3 * work_of(check, short) + 500


def test_rules_of_tables_that_follow_each_other_are_one_table():
    short, long = ("|---|\n" * count for count in (FEW, 2 * FEW))

    assert calls_of(lambda: read_typed(long)) <= 2.3 * calls_of(lambda: read_typed(short)) + 500


def test_the_hours_of_a_text_are_read_once():
    text = "À 10 h, puis à 11 h."

    assert hours(text) is hours(text)


def test_brackets_that_are_never_closed_are_read_over():
    """It took minutes: each of their places was tried as the beginning of a clause."""
    text = ("[a]( " * 3_300 + "\n\n") * 5

    found = diagnose(text, name="a.txt", office=OFFICE, letterhead=LETTERHEAD, now=NOW)

    assert "markup-left-over" in {finding.check for finding in found.findings}
