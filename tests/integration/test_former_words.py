"""What is corrected does not stand in the text of the correction again (trap D3)."""

from pathlib import PurePath

import pytest

from mailer.errors import RuleError
from mailer.operations.amendments.act import approve_amendment, findings_of
from tests.counterparts.amending import PressOffice
from tests.counterparts.builders import ACTOR
from tests.integration.test_amendments import FACTS, PRESS, TEXT

OLD = """\
# La mer, cartographiée

Rendez-vous le mardi 31 mars 2026 à 9 h 30, à la Station marine.

## Programme

- 9 h 30 : accueil
- 10 h 15 : visite
"""


@pytest.fixture
def announced(tmp_path, ledger):
    """An announcement that gives the day, the hour and the place in words has left."""
    folder = tmp_path / "2026-mer"
    folder.mkdir()
    (folder / "campaign.toml").write_text(FACTS, "utf-8")
    for step in ("announcement", "reminder", "practical"):
        (folder / f"{step}.md").write_text(OLD if step == "announcement" else TEXT, "utf-8")
    office = PressOffice(folder, ledger, at="2026-03-20 10:00")
    office.knows(*PRESS)
    office.launches()
    office.runs("2026-03-23 09:30")
    return office


def said(office, kind, at="2026-03-24 10:00"):
    """What is found of former words: where, how severe, and in which words."""
    found = office.drafts_amendment(kind, at=at)
    return [
        (PurePath(each.where.file).name, each.where.line, str(each.severity), str(each.what))
        for each in findings_of(found, drafts=office.drafts)
        if "told before" in str(each.what)
    ]


def test_an_hour_of_before_beside_the_day_blocks_at_its_line_and_elsewhere_it_is_shown(announced):
    announced.edits("2026-03-31T09:30:00", "2026-03-31T10:00:00")

    assert said(announced, "correction") == [
        ("announcement.md", 3, "error", "“9 h 30” is the hour that was told before; now it is 10\xa0h."),
        ("announcement.md", 7, "warning", "“9 h 30” is the hour that was told before; now it is 10\xa0h."),
    ]  # fmt: skip
    with pytest.raises(RuleError, match="told before"):
        approve_amendment(announced.slug, actor=ACTOR, drafts=announced.drafts)

    announced.edits("2026 à 9 h 30", "2026 à {{ event.time }}", file="announcement.md")
    announced.edits("- 9 h 30", "- 10 h", file="announcement.md")

    assert said(announced, "correction") == []
    told = announced.tells("correction")
    assert len(told) == len(PRESS)
    assert all("2026 à 10 h" in mail.text.replace("\xa0", " ") for mail in told)


def test_a_day_of_before_blocks_a_move(announced):
    announced.edits("2026-03-31T09:30:00", "2026-04-07T09:30:00")

    assert said(announced, "move") == [
        (
            "announcement.md",
            3,
            "error",
            "“mardi 31 mars 2026” is the day that was told before; now it is mardi 7\xa0avril\xa02026.",
        )
    ]


def test_a_place_of_before_is_shown_at_its_line(announced):
    announced.edits('"Station marine"', '"Océanopolis"')

    assert said(announced, "correction") == [
        (
            "announcement.md",
            3,
            "warning",
            "“Station marine” was told before; now it is “Océanopolis”.",
        )
    ]


def test_what_is_found_in_our_own_sentences_names_no_line_of_a_file(announced):
    announced.edits('"Station marine"', '"Océanopolis"')
    found = announced.drafts_amendment(
        "correction", at="2026-03-24 10:00", note="Le rendez-vous n’est pas pas le même."
    )

    twice = [
        each for each in findings_of(found, drafts=announced.drafts) if "pas" in str(each.what)
    ]

    assert {each.where.file for each in twice} == {""}
