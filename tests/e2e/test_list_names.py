"""One rule for the names of lists, where they are imported and where campaigns write to them."""

import json

import pytest

from tests.e2e.commands import EXAMPLE, a_workspace, answer, mailer

FILE = "journalistes.xlsx"


@pytest.fixture
def workspace(tmp_path):
    return a_workspace(tmp_path / "bureau", lists=False)


def imported(workspace, name, *options, **how):
    file = workspace / "campaigns" / EXAMPLE / "lists" / FILE
    return mailer("contacts", "import", file, "--list", name, *options, workspace=workspace, **how)


def test_a_list_that_was_imported_under_a_human_name_is_written_to_by_a_campaign(workspace):
    folder = workspace / "campaigns" / EXAMPLE
    imported(workspace, " Journalistes  mer ")
    config = (folder / "campaign.toml").read_text("utf-8")
    named = config.replace('to = ["press", "associations"]', 'to = ["Journalistes mer"]')
    named = named.replace('to = ["press"]', 'to = ["Journalistes mer"]')
    (folder / "campaign.toml").write_text(named, "utf-8")
    (folder / "announcement.associations.md").rename(folder / "announcement.journalistes-mer.md")

    first = answer("plan", EXAMPLE, workspace=workspace)["steps"][0]
    out = workspace / "out"
    mailer("render", EXAMPLE, "announcement", "--out", out, workspace=workspace)

    assert named != config
    assert first["recipients"] > 20
    assert any("associations" in each.read_text("utf-8") for each in out.rglob("*.eml"))


def test_a_list_that_is_known_is_not_made_a_second_time_in_another_spelling(workspace):
    imported(workspace, "Journalistes mer")

    for name in ("journalistes mer", "Journalistes-Mer"):
        refused = imported(workspace, name, expect=77)
        assert "Écrivez «\u00a0Journalistes mer\u00a0»" in refused.stderr
    lists = mailer("contacts", "lists", "--json", workspace=workspace).stdout
    assert [json.loads(line)["list"] for line in lists.splitlines()] == ["Journalistes mer"]


def test_a_name_that_no_campaign_could_write_is_refused_with_one_that_would_do(workspace):
    refused = imported(workspace, "presse, mer", expect=77)
    added = mailer(
        *("contacts", "add", "x@press.example", "--list", "mer/ciel"),
        workspace=workspace,
        expect=77,
    )

    assert "écrivez par exemple «\u00a0presse mer\u00a0»" in refused.stderr
    assert "écrivez par exemple «\u00a0mer ciel\u00a0»" in added.stderr
