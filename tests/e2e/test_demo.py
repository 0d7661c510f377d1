"""The first minutes of a newcomer."""

import email
from pathlib import Path

from tests.e2e.commands import EXAMPLE, mailer


def test_the_demo_ends_in_files_to_look_at_and_can_be_run_twice(tmp_path):
    out = tmp_path / "demo"

    mailer("demo", "--out", out)
    shown = mailer("demo", "--out", out).stdout

    written = list(out.glob("messages/*/*.eml"))
    assert f"{len(written)} messages écrits, rien n’est parti" in shown
    assert (out / "preview" / "index.html").is_file()
    assert (out / "report" / "index.html").is_file()
    for line in ("journalistes.xlsx → press", "associations.csv → associations"):
        assert line in shown


def test_every_message_of_the_demo_names_one_person_of_a_reserved_domain(tmp_path):
    mailer("demo", "--out", tmp_path / "demo", lang="en")

    for path in (tmp_path / "demo").glob("messages/*/*.eml"):
        message = email.message_from_bytes(path.read_bytes())
        (to,) = message.get_all("To")
        assert to.count("@") == 1
        assert to.rstrip(">").rpartition(".")[2] in {"example", "invalid", "test"}
        assert message["Cc"] is None
        assert message["Bcc"] is None


def test_a_workspace_to_start_from_has_all_it_needs(tmp_path):
    folder = tmp_path / "bureau de presse"

    mailer("init", folder)

    assert (folder / "config.toml").is_file()
    assert (folder / "campaigns" / EXAMPLE / "campaign.toml").is_file()
    assert (folder / "templates" / "press" / "body.mjml.j2").is_file()


def test_init_leaves_a_folder_that_holds_something_as_it_is(tmp_path):
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")

    refused = mailer("init", tmp_path, expect=65)

    assert "n’est pas vide" in refused.stderr
    assert [path.name for path in Path(tmp_path).iterdir()] == ["letter.txt"]
