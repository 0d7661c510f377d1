"""The checks read the texts of a campaign in a child process, which a text cannot keep for ever."""

from dataclasses import replace

import pytest

from mailer.checks import run_checks
from mailer.checks.kept_findings import texts_alone, without_readers
from mailer.errors import ContentError
from mailer.wiring.app import App
from tests.counterparts import endless
from tests.counterparts.drafts import a_draft, a_step

SLIP = "# Titre\n\nLes les chercheurs seront là.\n"


@pytest.fixture
def app(tmp_path):
    with App(tmp_path) as app:
        yield app


@pytest.fixture
def endless_checks(app, monkeypatch):
    """The children of an app whose checks do not end with the text `endless.TEXT`."""
    monkeypatch.setattr("mailer.wiring.children.findings_in_child", endless.findings)
    monkeypatch.setattr("mailer.wiring.children.diagnose_in_child", endless.diagnose)
    monkeypatch.setattr("mailer.wiring.children.SANDBOX_CPU_S", 1.0)


def test_the_child_finds_what_this_process_finds(app):
    draft = a_draft(text=SLIP)

    assert run_checks(draft, read=app.children.findings) == run_checks(draft) != ()


def test_a_draft_is_read_once_on_the_same_day(app, monkeypatch):
    draft = a_draft(text=SLIP)
    first = app.children.findings(without_readers(draft))
    monkeypatch.setattr("mailer.wiring.children.findings_in_child", None)

    assert app.children.findings(without_readers(replace(draft))) is first


@pytest.mark.usefixtures("endless_checks")
def test_a_text_that_keeps_the_checks_is_one_finding_that_names_it_and_blocks(app):
    draft = a_draft(
        a_step(text=SLIP),
        a_step("reminder", text=endless.TEXT),
    )

    (found,) = run_checks(draft, read=app.children.findings)

    assert found.blocks
    assert found.where.file == "reminder.md"
    assert str(found.what) == "this needs more than 1 seconds of computing"
    assert "cut it down" in str(found.remedy)


@pytest.mark.usefixtures("endless_checks")
def test_a_release_that_keeps_the_checks_is_refused_by_its_name(app):
    with pytest.raises(ContentError, match=r"^release\.txt: this needs more than 1 seconds"):
        app.children.diagnose(endless.TEXT, name="release.txt")


def test_each_text_stands_alone_once_with_the_steps_that_send_it():
    first, second = a_step(text=SLIP), a_step("reminder", text="# Rappel\n")

    alone = dict(texts_alone(without_readers(a_draft(first, second))))

    assert [
        [each.text for step in seen.draft.campaign.steps for each in step.contents.values()]
        for seen in alone.values()
    ] == [[SLIP], ["# Rappel\n"]]
    assert all(len(seen.draft.plan) == 2 for seen in alone.values())
