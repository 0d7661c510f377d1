"""Old releases, read over: what is wrong in them is found, and nothing else."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.counterparts.advisories import FOLDER, advisories
from tests.counterparts.recall import diagnosed, planted_faults

RIGHT = [each[:2] for each in advisories("right", "facts.toml")]


@pytest.mark.parametrize(("name", "text"), RIGHT, ids=[name for name, _text in RIGHT])
def test_a_correct_advisory_has_no_finding_that_blocks_or_warns(name, text):
    _read, diagnosis = diagnosed(f"{name}.docx", text)

    assert [each for each in diagnosis.findings if each.severity is not Severity.NOTE] == []
    assert diagnosis.score >= 95


def test_the_faults_of_raw_advisories_are_found():
    """The goal is 95 %; what no check finds is printed by `tests.counterparts.recall`."""
    every = list(planted_faults())

    assert len(every) >= 120
    assert sum(each.is_found for each in every) / len(every) >= 0.95


def test_every_raw_advisory_has_its_list_of_faults():
    named = {name for name, _text, _faults in advisories("raw", "faults.toml")}

    assert named == {path.name for path in (FOLDER / "raw").glob("*.txt")}


def test_a_check_costs_its_points_once_however_often_it_finds():
    twice = "# Titre\n\nBrest, le 2 mars 2026\n\nLes les algues et et les eaux.\n"
    once = twice.replace("et et", "et")

    assert diagnosed("a.txt", twice)[1].score == diagnosed("a.txt", once)[1].score
    assert (
        len(diagnosed("a.txt", twice)[1].findings) == len(diagnosed("a.txt", once)[1].findings) + 1
    )


@pytest.mark.parametrize(
    "text",
    [
        (
            "# Le port fête le sel\n\nBrest, le 2 mars 2026\n\nINVITATION PRESSE\n\n"
            "Le port fête le sel mardi 18 mars 2026, au 3 quai du Sel, à Brest.\n"
        ),
        (
            "# Harbour day\n\nLeeds, 2 March 2026\n\nMEDIA ADVISORY\n\n"
            "The harbour fair takes place on Monday 18 March 2026 at 3 Quay Street, Leeds. It is for"
            " all who love the sea, and there will be music in the evening on the old quay.\n"
        ),
    ],
)
def test_a_wrong_weekday_does_not_hide_that_the_hour_is_missing(text):
    found = {each.check for each in diagnosed("a.txt", text)[1].findings}

    assert {"weekday-differs", "event-without-hour"} <= found


PAGE = """<!-- exported -->
<h1>Le port fête le sel</h1>
<p>Brest, le 2 mars 2026</p>
<p>Le port fête le sel. {html}</p>
"""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="port.jpg">', {"image-without-alt"}),
        ('<a href="#">Le programme</a>', {"link-without-target"}),
        ('<a href="">Le programme</a>', {"link-without-target"}),
        ('<a href="javascript:void(0)">Le programme</a>', {"link-without-target"}),
        ('<a href="#"><img src="port.jpg" alt="Le port"></a>', {"link-without-target"}),
        ('<img src="port.jpg" alt="Le port">', set()),
        ('<img src="filet.png" alt="">', set()),
        ('<a href="#_ftn1">1</a>', set()),
        ('<a name="haut">Le port</a>', set()),
        ('<a href="https://port.example/sel">Le programme</a>', set()),
    ],
)
def test_what_a_page_lacks_is_found_at_its_line(html, expected):
    findings = diagnosed("a.txt", PAGE.format(html=html))[1].findings
    of_page = {"image-without-alt", "link-without-target", "left-in-document", "markup-left-over"}

    found = {each.check: each.where.line for each in findings if each.check in of_page}
    assert found.keys() - {"left-in-document"} == expected
    assert set(found.values()) <= {4, 0}
    assert ("left-in-document" in found) is ("image-without-alt" in expected)


def test_a_short_english_release_is_read_as_english():
    text = (
        "# Short crane\n\nLeeds, 2 March 2026\n\nThe Harbour Museum opens its crane on Saturday"
        " 21 March 2026 at 10 am at 3 Quay Street, Leeds.\n\nMedia contact\nAnn Low\n0113 496 0123\n"
    )
    found = {each.check for each in diagnosed("a.txt", text)[1].findings}

    assert "nobody-on-the-day" in found
