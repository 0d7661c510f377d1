"""The figures of our own collection of refusals in contact lists, read as a list is."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from mailer.contacts.refusals.refusals import is_old, judge_title
from mailer.files.contact_files import read_contacts

LINES = (Path(__file__).parent / "refusals.txt").read_text("utf-8").splitlines()
ROWS = [line.split("|", 2) for line in LINES if line and not line.startswith("#")]


def _read(path, header, cells):
    """Return how a list takes its people, each with one of these cells in a column of its own."""
    people = [f"p{number}@quotidien.example" for number in range(len(cells))]
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows(
        [["Courriel", header], *zip(people, cells, strict=True)]
    )
    path.write_text(table.getvalue(), encoding="utf-8")
    imported = read_contacts(path, list_name="press", read_on=date(2026, 3, 2))
    ready = {str(contact.address) for contact in imported.ready}
    barred = {str(each.contact.address) for each in imported.barred}
    return [
        "ready" if each in ready else "barred" if each in barred else "asked" for each in people
    ]


def _of_sheet(name):
    stance = judge_title(name)
    if stance is None:
        return "asked" if is_old(name) else "ready"
    return "barred" if stance == "refused" else "asked"


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "a.csv"
    answers = {"R": [], "P": [], "H": []}
    for header in dict.fromkeys(header for _, header, _ in ROWS):
        rows = [(label, cell) for label, each, cell in ROWS if each == header]
        cells = [cell for _, cell in rows]
        found = map(_of_sheet, cells) if header == "sheet" else _read(path, header, cells)
        for (label, _), answer in zip(rows, found, strict=True):
            answers[label].append(answer)
    return answers


def share(answers, *wanted):
    return 100 * sum(answer in wanted for answer in answers) / len(answers)


def test_who_refuses_is_barred_or_asked_about(taken):
    assert share(taken["R"], "barred", "asked") >= 98


def test_who_refuses_a_part_is_asked_about(taken):
    assert set(taken["P"]) == {"asked"}


def test_nobody_is_barred_for_words_that_only_look_like_a_refusal(taken):
    assert "barred" not in taken["H"]


def test_most_harmless_words_ask_nothing(taken):
    assert share(taken["H"], "ready") >= 88
