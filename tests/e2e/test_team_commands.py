"""The people of the press office on the command line."""

import re

import pytest

from tests.e2e.commands import a_workspace, answer, mailer


@pytest.fixture
def workspace(tmp_path):
    return a_workspace(tmp_path / "bureau")


def test_an_administrator_invites_closes_and_opens_an_account(workspace):
    amina = ("Amina Benali", "--role", "administrator", "--by", "Amina Benali")
    invited = mailer("team", "invite", *amina, workspace=workspace)
    new = ("Hugo Marchetti", "--role", "editor", "--address", "hugo@institut.example")
    first = mailer("team", "invite", *new, "--by", "Amina Benali", workspace=workspace)
    mailer("team", "disable", "hugo.marchetti", "--why", "parti", "--by", "Amina Benali",
           workspace=workspace)  # fmt: skip

    listed = answer("team", "list", "--by", "Amina Benali", workspace=workspace)

    links = [re.search(r"/bienvenue/(\S+)", each.stdout)[1] for each in (invited, first)]
    assert len(set(links)) == 2
    assert {each["name"]: (each["roles"], each["is_enabled"]) for each in listed} == {
        "Amina Benali": (["administrator"], True),
        "Hugo Marchetti": (["editor"], False),
    }
    mailer("team", "enable", "Hugo Marchetti", "--by", "Amina Benali", workspace=workspace)
    shown = mailer("team", "list", "--by", "Amina Benali", workspace=workspace).stdout
    assert "fermé" not in shown
    assert "hugo@institut.example" in shown


def test_who_may_not_manage_the_team_invites_and_closes_nobody(workspace):
    mailer("team", "invite", "Amina Benali", "--role", "administrator", "--by", "Amina Benali",
           workspace=workspace)  # fmt: skip
    mailer("team", "invite", "Noé Roy", "--role", "editor", "--by", "Amina Benali",
           workspace=workspace)  # fmt: skip

    for words in (
        ("invite", "Zoé Bon", "--role", "editor"),
        ("disable", "Amina Benali"),
        ("list",),
    ):
        refused = mailer("team", *words, "--by", "Noé Roy", workspace=workspace, expect=77)
        assert "Noé Roy" in refused.stderr

    unknown = mailer("team", "disable", "Personne", "--by", "Amina Benali", workspace=workspace,
                     expect=77)  # fmt: skip
    assert "Noé Roy (noe.roy)" in unknown.stderr


def test_who_is_limited_to_a_list_sees_and_imports_that_one_alone(workspace):
    by = ("--by", "Amina Benali")
    mailer("team", "invite", "Amina Benali", "--role", "administrator", *by, workspace=workspace)
    mailer("team", "invite", "Noé Roy", "--role", "editor", *by, workspace=workspace)
    for name in ("presse", "associations"):
        file = workspace / f"{name}.csv"
        file.write_text(f"Nom;Courriel\nDurand;{name}@gazette.example\n", "utf-8")
        mailer("contacts", "import", file, "--list", name, *by, workspace=workspace)

    limited = mailer("team", "limit", "Noé Roy", "--list", "presse", *by, workspace=workspace)

    file.write_text("Nom;Courriel\nDurand;associations@gazette.example\n", "utf-8")
    over = mailer(
        "contacts", "import", file, "--list", "presse", "--by", "Noé Roy", workspace=workspace
    )
    refused = mailer(
        *("contacts", "import", file, "--list", "associations", "--by", "Noé Roy"),
        workspace=workspace,
        expect=77,
    )
    config = workspace / "config.toml"
    named = config.read_text("utf-8").replace('me = "c.delmas"', 'me = "Noé Roy"', 1)
    config.write_text(named, "utf-8")
    listed = mailer("contacts", "list", workspace=workspace).stdout
    lists = answer("contacts", "lists", workspace=workspace)
    assert "presse" in limited.stdout
    assert "1 personne ne figure que sur d’autres listes" in over.stdout
    assert "presse" in refused.stderr
    assert "presse@gazette.example" in listed
    assert "associations@gazette.example" not in listed
    assert lists["list"] == "presse"
    mailer("team", "limit", "Noé Roy", *by, workspace=workspace)
    assert "associations@gazette.example" in mailer("contacts", "list", workspace=workspace).stdout
